package io.sluice.sandbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.audit.Audit;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.Ledger;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.audit.StoredLevel;
import io.sluice.ops.audit.TotalsTables;
import io.sluice.ops.sql.ClickHouseSql;
import io.sluice.sandbox.clickhouse.ChdbProcess;
import io.sluice.sandbox.clickhouse.SqlMigrations;
import io.sluice.sandbox.config.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That rows which are older than a table keeps are no drift, and that a drift is found. */
class AuditIT {
  /** How old the rows are, in hours: around the end of what each table keeps. */
  private static final List<Integer> AGES =
      List.of(
          0,
          1,
          23,
          24,
          25,
          47,
          48,
          49,
          50,
          71,
          72,
          73,
          95,
          96,
          10 * 24,
          33 * 24,
          34 * 24,
          35 * 24,
          36 * 24,
          398 * 24,
          399 * 24,
          400 * 24,
          401 * 24,
          402 * 24,
          5_000 * 24);

  private static final int BYTES = 10;

  /** Sums are modulo 2^64. */
  private static final String MINUS_ONE = "18446744073709551615";

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static ClickHouseSql sql;
  private static int added;

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    sql = new ClickHouseSql("http://127.0.0.1:" + server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void storeRowsOfManyAges() throws Exception {
    sql.query("DROP DATABASE IF EXISTS logs SYNC");
    SqlMigrations.apply(Home.find().sql(), sql);
    sql.query(
        "INSERT INTO logs.http_log (timestamp, resource_id, bytes_sent, response_status, method,"
            + " remote_addr, url) SELECT now() - 3600 * arrayJoin(%s), 1, %d, 200, 'GET', '1.2.3.X', '/'"
                .formatted(AGES, BYTES)
            + " SETTINGS max_partitions_per_insert_block = 0");
  }

  @Test
  void whatATableDoesNotKeepIsNoDriftAndWhatItKeepsIs() {
    assertThat(audit().isClean()).as(audit().toString()).isTrue();

    dropWhatHasExpired();

    AuditReport report = audit();
    assertThat(report.isClean()).as(report.toString()).isTrue();
    assertThat(report.totals()).isEqualTo(AGES.size());
    assertThat(new Audit(sql).totals()).isEqualTo(AGES.size());
    assertThat(sql.query("SELECT sum(requests) FROM logs.http_log_minute"))
        .as("rows that were dropped")
        .isNotEqualTo(Integer.toString(AGES.size()));
    TotalsTables.NAMES.forEach(AuditIT::assertFindsADriftOnTheFirstDay);
  }

  @Test
  void anOldStackIsComparedAsFarAsItsRowsReach() throws Exception {
    makeTablesOlderBy(60);
    sql.query(
        "ALTER TABLE logs.http_log DELETE WHERE timestamp < now() - 35 * 86400"
            + " SETTINGS mutations_sync = 2");
    dropWhatHasExpired();

    AuditReport report = audit();

    assertThat(report.lost()).isZero();
    assertThat(report.expired()).isEqualTo(AGES.size());
    assertThat(report.isClean()).as(report.toString()).isTrue();
    assertThat(level(report, "http_log_day").since()).isEqualTo(dayBefore(34));
    TotalsTables.NAMES.forEach(AuditIT::assertFindsADriftOnTheFirstDay);
  }

  @Test
  void saysFromWhichDayOnATableIsCompared() {
    AuditReport report = audit();

    assertThat(level(report, "http_log_minute").since()).isEqualTo(dayBefore(2));
    assertThat(level(report, "http_log_status_minute").since()).isEqualTo(dayBefore(399));
    assertThat(level(report, "http_log_network_hour").since()).isEqualTo(dayBefore(399));
    assertThat(level(report, "http_log_day").since()).isEqualTo("1970-01-01");
  }

  /** Within the hour before midnight the next day has begun. */
  private static String dayBefore(int days) {
    return sql.query("SELECT toDate(now('UTC') + INTERVAL 1 HOUR) - " + days);
  }

  private static void assertFindsADriftOnTheFirstDay(String table) {
    add(table, "1");
    AuditReport tooMany = audit();
    assertThat(tooMany.isClean()).as(table).isFalse();
    assertThat(tooMany.totals() - tooMany.stored()).as(table).isEqualTo(1);

    add(table, MINUS_ONE);
    assertThat(audit().isClean()).as(table).isTrue();

    add(table, MINUS_ONE);
    AuditReport tooFew = audit();
    assertThat(tooFew.isClean()).as(table).isFalse();
    assertThat(tooFew.totals() - tooFew.stored()).as(table).isEqualTo(-1);
    assertThat(new Audit(sql).totals()).isEqualTo(tooFew.totals());

    add(table, "1");
  }

  /** In the day's first minutes; never in the same second twice, or it would be a repeat. */
  private static void add(String table, String requests) {
    sql.query(
        "INSERT INTO logs.%s (time, bytes_sent, requests) SELECT toDateTime('%s 00:00:00', 'UTC') + %d, 0, %s"
            .formatted(table, level(audit(), table).since(), added++, requests));
  }

  /** Without ids, and begun when its oldest row was. */
  private static AuditReport audit() {
    int rows = AGES.size();
    return new Audit(sql)
        .compare(
            new Ledger(
                List.of(
                    new ProducedRun(
                        1, 1, rows, rows, 0, (long) rows * BYTES, List.of(), false, true, 0))));
  }

  private static StoredLevel level(AuditReport report, String table) {
    Optional<StoredLevel> found =
        report.levels().stream().filter(level -> level.table().equals(table)).findAny();
    return found.orElseThrow();
  }

  private static void dropWhatHasExpired() {
    TotalsTables.NAMES.forEach(table -> sql.query("OPTIMIZE TABLE logs." + table + " FINAL"));
    sql.query("OPTIMIZE TABLE logs.http_log FINAL");
  }

  private static void makeTablesOlderBy(int days) throws Exception {
    FileTime then = FileTime.from(Instant.now().minus(days, ChronoUnit.DAYS));
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sql")).toList()) {
        Files.setLastModifiedTime(file, then);
      }
    }
  }
}
