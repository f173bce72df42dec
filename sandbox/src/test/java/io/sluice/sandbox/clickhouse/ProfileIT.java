package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Outcome.Kind;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the engine's profile says against what the job's requests say: which of both wins. The
 * containers module asks the same of a real server and its users.
 */
class ProfileIT {
  private static final ViewedRows ROWS = new ViewedRows("/profile/", 5_000, 1);

  @TempDir private Path dir;
  private ChdbProcess server;
  private ClickHouseTarget target;

  /**
   * @param settings as in {@code users.xml}
   */
  private void startWith(String settings) throws Exception {
    Path users =
        Files.writeString(
            dir.resolve("users.xml"),
            """
            <clickhouse>
              <profiles><default>%s</default></profiles>
              <users><default>
                <password/><networks><ip>::/0</ip></networks>
                <profile>default</profile><quota>default</quota>
              </default></users>
              <quotas><default/></quotas>
            </clickhouse>
            """
                .formatted(settings));
    Path config =
        Files.writeString(
            dir.resolve("config.xml"),
            "<clickhouse><users_config>%s</users_config></clickhouse>".formatted(users));
    server = ChdbProcess.start(dir, "--config", config.toString());
    target =
        new ClickHouseTarget(
            URI.create("http://127.0.0.1:" + server.port() + "/"), "default", "", "logs");
    target.createTablesAnew(TablesDdl.asTheyAre());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Outcome send() {
    InsertRequest manyBlocks = target.request("profile", ROWS.smallBlocks());
    return target.send(manyBlocks);
  }

  private void assertStored(int rows) throws Exception {
    assertThat(target.contents().rows()).isEqualTo(rows);
    assertThat(target.contents().differing()).isEmpty();
  }

  @Test
  void aRepeatIsStoredOnceWhateverTheProfileSaysOfBlocksAndDeduplication() throws Exception {
    startWith(
        """
        <async_insert>1</async_insert><wait_for_async_insert>0</wait_for_async_insert>
        <insert_deduplicate>0</insert_deduplicate>
        <deduplicate_blocks_in_dependent_materialized_views>0</deduplicate_blocks_in_dependent_materialized_views>
        <max_insert_block_size>1000</max_insert_block_size>
        <min_insert_block_size_rows>0</min_insert_block_size_rows>
        <min_insert_block_size_bytes>1000</min_insert_block_size_bytes>
        <max_insert_threads>4</max_insert_threads>
        """);

    DeduplicationContract.assertAccepted(send());
    DeduplicationContract.assertAccepted(send());

    assertStored(ROWS.count());
    assertThat(
            target.sql(
                "SELECT count() FROM system.parts"
                    + " WHERE database = 'logs' AND table = 'http_log' AND active"))
        .isEqualTo("1");
  }

  @Test
  void everyRowIsInEveryLevelWhateverTheProfileSaysOfLimits() throws Exception {
    startWith(
        """
        <limit>1</limit><offset>1</offset>
        <max_execution_time>3600</max_execution_time>
        <timeout_overflow_mode>break</timeout_overflow_mode>
        """);

    DeduplicationContract.assertAccepted(send());

    assertStored(ROWS.count());
  }

  @Test
  void aProfileThatForbidsASettingOfTheJobIsARefusal() throws Exception {
    startWith(
        "<async_insert>1</async_insert>"
            + "<constraints><async_insert><readonly/></async_insert></constraints>");

    Outcome refused = send();

    // SETTING_CONSTRAINT_VIOLATION
    assertThat(refused.clickHouseCode()).as(refused.detail()).isEqualTo(452);
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertStored(0);
  }

  /** A limit: this setting stands above the one that the job sends. See docs/limits.md. */
  @Test
  void aProfileThatSwitchesDeduplicationOffDoublesARepeat() throws Exception {
    startWith("<deduplicate_insert>disable</deduplicate_insert>");

    DeduplicationContract.assertAccepted(send());
    DeduplicationContract.assertAccepted(send());

    assertStored(2 * ROWS.count());
  }
}
