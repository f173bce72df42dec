package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ops.OperatorException;
import io.sluice.ops.rebuild.Rebuild;
import io.sluice.ops.rebuild.RebuildReport;
import io.sluice.ops.sql.ClickHouseSql;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rebuild beside a job that has a request of unknown fate, in the real engine. */
class RebuildInDoubtIT {
  private static final String LEVEL = "logs.http_log_status_hour";

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static ClickHouseSql sql;

  private final List<String> progress = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    sql = new ClickHouseSql("http://127.0.0.1:" + server.port());
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    new ClickHouseTarget(url, "default", "", "logs").createTablesAnew(TablesDdl.asTheyAre());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void threeRowsOfWhichTheLevelHasLostAll() {
    sql.query("TRUNCATE TABLE logs.http_log");
    store();
    sql.query("TRUNCATE TABLE " + LEVEL);
  }

  @Test
  void aDoubtThatStaysLeavesTheLevelAsItWasAndLetsInsertsPass() {
    assertThatThrownBy(() -> rebuildWhile(() -> 1))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("in doubt each of 5 times");

    assertThat(requestsOfTheLevel()).isEqualTo("0");
    assertThat(progress.stream().filter(line -> line.contains("inserts pass"))).hasSize(5);
    store();
    assertThat(requestsOfTheLevel()).isEqualTo("3");
  }

  /** What a job in doubt waits for is an answer to its request, which the lock would refuse. */
  @Test
  void aDoubtThatEndsOnceInsertsPassDelaysTheRebuildOnly() {
    RebuildReport report = rebuildWhile(() -> answered() ? 0 : 1);

    assertThat(progress).anyMatch(line -> line.contains("once more"));
    assertThat(report.after().requests()).isEqualTo(3);
    assertThat(requestsOfTheLevel()).isEqualTo("3");
    store();
    assertThat(requestsOfTheLevel()).isEqualTo("6");
  }

  /** Whether the job had a chance to send its request again since inserts were held off. */
  private boolean answered() {
    return progress.stream().anyMatch(line -> line.contains("inserts pass"));
  }

  private RebuildReport rebuildWhile(Doubt doubt) {
    return new Rebuild(
            sql,
            () -> OptionalLong.of(doubt.batches()),
            new Rebuild.Options(LEVEL, Optional.empty(), Duration.ofMillis(50)),
            progress::add)
        .run();
  }

  private static void store() {
    sql.query(
        "INSERT INTO logs.http_log (timestamp, resource_id, response_status, remote_addr)"
            + " SELECT now('UTC'), number, 200, '1.2.3.X' FROM numbers(3)");
  }

  private static String requestsOfTheLevel() {
    return sql.query("SELECT sum(requests) FROM " + LEVEL).strip();
  }

  private interface Doubt {
    long batches();
  }
}
