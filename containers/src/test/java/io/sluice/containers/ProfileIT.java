package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import io.sluice.sandbox.clickhouse.TablesDdl;
import io.sluice.sandbox.clickhouse.ViewedRows;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a server says for a user, against what the job says for a request: which of both wins, and
 * what becomes of the rows.
 */
class ProfileIT {
  private static final ViewedRows ROWS = new ViewedRows("/profile/", 5_000, 1);

  /** Collects inserts for ten minutes, and answers before it has stored them. */
  private static final String ASYNCHRONOUS =
      "async_insert = 1, wait_for_async_insert = 0, async_insert_use_adaptive_busy_timeout = 0,"
          + " async_insert_busy_timeout_max_ms = 600000";

  @AutoClose private static ClickHouseServer server;

  @BeforeAll
  static void start() {
    server = ClickHouseServer.started();
  }

  @BeforeEach
  void emptyTables() throws Exception {
    server.target().createTablesAnew(TablesDdl.asTheyAre());
  }

  private static ClickHouseTarget userWith(String settings) throws Exception {
    server.sql(
        "CREATE SETTINGS PROFILE OR REPLACE job SETTINGS " + settings,
        "CREATE USER OR REPLACE sluice IDENTIFIED WITH sha256_password BY 'secret' SETTINGS PROFILE 'job'",
        "GRANT INSERT ON logs.http_log TO sluice");
    return new ClickHouseTarget(server.url(), "sluice", "secret", "logs");
  }

  private static InsertRequest request() {
    return server.target().request("profile", ROWS.blocks());
  }

  @Test
  void rowsAreThereWhenTheAnswerComesThoughTheProfileInsertsAsynchronously() throws Exception {
    ClickHouseTarget job = userWith(ASYNCHRONOUS);

    // The profile works: somebody else's row is not there yet.
    job.sql("INSERT INTO logs.http_log (url) FORMAT TabSeparated\n/asynchronous/");
    assertThat(server.target().sql("SELECT count() FROM logs.http_log")).isEqualTo("0");

    Stored.assertAccepted(job.send(request()));
    Stored.assertInAllLevels(server.target(), ROWS.count());
  }

  @Test
  void aRepeatIsStoredOnceWhateverTheProfileSaysOfBlocksAndDeduplication() throws Exception {
    ClickHouseTarget job =
        userWith(
            "insert_deduplicate = 0, deduplicate_blocks_in_dependent_materialized_views = 0,"
                + " max_insert_block_size = 1000, min_insert_block_size_rows = 0,"
                + " min_insert_block_size_bytes = 1000, max_insert_threads = 4,"
                + " optimize_on_insert = 1");
    InsertRequest manyBlocks = job.request("profile", ROWS.smallBlocks());

    Stored.assertAccepted(job.send(manyBlocks));
    Stored.assertAccepted(job.send(manyBlocks));

    Stored.assertInAllLevels(server.target(), ROWS.count());
    assertThat(
            server
                .target()
                .sql(
                    "SELECT sum(rows) = max(rows) FROM system.parts"
                        + " WHERE database = 'logs' AND table = 'http_log' AND active"))
        .as("one block, one part")
        .isEqualTo("1");
  }

  @Test
  void aProfileThatForbidsTheJobsSettingsIsRefusedUntilItAllowsThem() throws Exception {
    ClickHouseTarget job = userWith("async_insert = 1 CONST");
    Outcome refused = job.send(request());
    server.sql("ALTER SETTINGS PROFILE job SETTINGS async_insert = 1");

    // SETTING_CONSTRAINT_VIOLATION
    Stored.assertRefused(refused, 452);
    Stored.assertAccepted(job.send(request()));
    Stored.assertInAllLevels(server.target(), ROWS.count());
  }

  /** A limit: this setting stands above the one that the job sends. See docs/limits.md. */
  @Test
  void aProfileThatSwitchesDeduplicationOffDoublesARepeat() throws Exception {
    ClickHouseTarget job = userWith("deduplicate_insert = 'disable'");

    Stored.assertAccepted(job.send(request()));
    Stored.assertAccepted(job.send(request()));

    assertThat(server.target().contents().rows()).isEqualTo(2L * ROWS.count());
  }
}
