package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.rebuild.Rebuild;
import io.sluice.ops.rebuild.RebuildReport;
import io.sluice.sandbox.process.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A level is rebuilt while logs are produced and stored: no row is missing in it, and none twice.
 */
class RebuildIT {
  private static final double RECORDS_PER_SECOND = 2_000;

  @TempDir static Path dir;
  private static Stack stack;

  private LogStream logs;

  @BeforeAll
  static void start() {
    stack = StackWithJob.start(dir, "60r/m");
  }

  @AfterAll
  static void end() {
    stack.close();
  }

  @BeforeEach
  void produce() {
    logs = new LogStream(stack, RECORDS_PER_SECOND);
    logs.waitForARequest();
  }

  /** All levels have what http_log has; the audit compares each of them. */
  @AfterEach
  void everyLevelHasEveryRecordOnce() throws Exception {
    logs.stop();
    within(Duration.ofSeconds(60)).untilAsserted(() -> assertClean(stack.audit()));
  }

  private static void assertClean(AuditReport report) {
    assertThat(report.isClean()).as(report.toString()).isTrue();
  }

  @Test
  void aLevelThatLostRowsGetsThemBack() {
    within(Duration.ofMinutes(1))
        .until(() -> !stack.sql("SELECT count() FROM logs.http_log_network_hour").equals("0"));
    stack.sql("ALTER TABLE logs.http_log_network_hour DROP PARTITION ALL");
    logs.waitForARequest();

    RebuildReport report = rebuild("http_log_network_hour");

    assertThat(report.before().requests()).isLessThan(report.after().requests());
    assertThat(leftovers()).isEqualTo("0");
    logs.waitForARequest();
  }

  @Test
  void aLevelBehindAnotherLosesItsDoubles() {
    stack.sql("INSERT INTO logs.http_log_status_hour SELECT * FROM logs.http_log_status_hour");

    RebuildReport report = rebuild("http_log_status_hour");

    assertThat(report.before().requests()).isGreaterThan(report.after().requests());
    logs.waitForARequest();
  }

  @Test
  void rowsOfDaysThatAreNotRebuiltStay() {
    String old = "SELECT sum(requests) FROM logs.http_log_day WHERE time < '2026-01-01 00:00:00'";
    stack.sql(
        "INSERT INTO logs.http_log_day SELECT toDateTime('2020-02-02 00:00:00', 'UTC'), 1, 2, 3,"
            + " 'HIT', 4, 5");
    stack.sql(
        "INSERT INTO logs.http_log_day SELECT toStartOfDay(now('UTC')) + INTERVAL 2 DAY, 1, 2, 3,"
            + " 'HIT', 4, 7");

    rebuild("http_log_day");

    assertThat(stack.sql(old).strip()).isEqualTo("5");
    assertThat(stack.sql("SELECT sum(requests) FROM logs.http_log_day WHERE time > now()").strip())
        .isEqualTo("7");
    // They were never in http_log, so that the audit would find them.
    stack.sql("DELETE FROM logs.http_log_day WHERE time < '2026-01-01 00:00:00' OR time > now()");
  }

  /** As after a partition was dropped, or after the TTL was lengthened. */
  @Test
  void daysThatHttpLogLostAreNotRebuiltIntoNothing() {
    stack.sql(
        "INSERT INTO logs.http_log_day SELECT toStartOfDay(now('UTC')) - INTERVAL 10 DAY, 1, 2, 3,"
            + " 'HIT', 4, 5");

    assertThatThrownBy(() -> rebuild("http_log_day"))
        .hasMessageContaining("http_log has no row of 1 days")
        .hasMessageContaining("--since");
    assertThat(leftovers()).isEqualTo("0");

    stack.sql("DELETE FROM logs.http_log_day WHERE time < now() - INTERVAL 5 DAY");
  }

  @Test
  void aRebuildThatDiedUnderTheLockIsRepeated() {
    stack.sql("ALTER TABLE logs.http_log_resource_hour DROP PARTITION ALL");
    AtomicReference<Rebuild> dying = new AtomicReference<>();
    Consumer<String> killClickHouse =
        line -> {
          if (line.startsWith("inserts are held off")) {
            stack.kill(Service.CLICKHOUSE);
            dying.get().cancel();
            stack.start(Service.CLICKHOUSE);
          }
        };
    dying.set(prepare("http_log_resource_hour", killClickHouse));
    assertThatThrownBy(() -> dying.get().run()).isInstanceOf(OperatorException.class);
    logs.waitForARequest();
    // As kill -9 leaves it: held off, and with a table of its own.
    stack.sql("ALTER TABLE logs.http_log ADD CONSTRAINT rebuilding CHECK 0");
    stack.sql("CREATE TABLE logs.http_log_resource_hour_kept AS logs.http_log_resource_hour");
    stack.sql(
        "INSERT INTO logs.http_log_resource_hour_kept SELECT * FROM logs.http_log_resource_hour");

    rebuild("http_log_resource_hour");

    assertThat(leftovers()).isEqualTo("0");
    logs.waitForARequest();
  }

  @Test
  void whatTheJobSendsAgainIsDroppedByTheRebuiltLevel() {
    rebuild("http_log_minute");
    stack.kill(Service.TASKMANAGER);
    stack.start(Service.TASKMANAGER);
    logs.waitForARequest();
  }

  @Test
  void withoutAnAnswerFromTheJobNothingIsTouched() {
    Rebuild blind =
        new Rebuild(
            stack.clickHouse(), OptionalLong::empty, options("http_log_network_hour"), line -> {});

    assertThatThrownBy(blind::run).hasMessageContaining("--no-job");
    assertThat(leftovers()).isEqualTo("0");
  }

  private static RebuildReport rebuild(String table) {
    RebuildReport report = prepare(table, line -> {}).run();
    System.out.println(report);
    return report;
  }

  private static Rebuild prepare(String table, Consumer<String> progress) {
    return new Rebuild(
        stack.clickHouse(),
        stack.job()::requestsInDoubt,
        options(table),
        line -> {
          System.out.println(line);
          progress.accept(line);
        });
  }

  private static Rebuild.Options options(String table) {
    return new Rebuild.Options(table, Optional.empty(), Duration.ofSeconds(8));
  }

  private static String leftovers() {
    return stack
        .sql(
            "SELECT count() FROM system.tables WHERE database = 'logs' AND (name LIKE '%_rebuilt' OR"
                + " name LIKE '%_kept' OR create_table_query LIKE '% CONSTRAINT %')")
        .strip();
  }

  private static ConditionFactory within(Duration time) {
    return await().pollInterval(Duration.ofMillis(200)).atMost(time);
  }
}
