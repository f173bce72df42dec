package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However odd the times of rows are: a request makes a bounded number of parts, and a row expires
 * when it should, whatever it was merged with.
 */
class PartitionsIT {
  private static final long DAY = 86_400;
  private static final long TODAY = Today.START.getEpochSecond();

  private static final Map<String, Integer> MOST_PARTITIONS =
      Map.of(
          "http_log", 9,
          "http_log_minute", 9,
          "http_log_status_minute", 17,
          "http_log_resource_hour", 17,
          "http_log_network_hour", 17,
          "http_log_status_hour", 65,
          "http_log_resource_day", 65,
          "http_log_day", 65);

  private static final Pattern PARTS_BY_TIME =
      Pattern.compile("Min-Max.*?Parts: (\\d+)/(\\d+)", Pattern.DOTALL);

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static ClickHouseTarget target;

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    target = new ClickHouseTarget(url, "default", "", "logs");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void emptyTables() throws Exception {
    target.createTablesAnew(TablesDdl.asTheyAre());
  }

  @Test
  void rowsOfAllTimesMakeABoundedNumberOfPartsAndTheirRepeatNone() throws Exception {
    server.sql("SYSTEM STOP MERGES");
    SplittableRandom random = new SplittableRandom(20261120);
    List<LogRow> rows = rows(2_000, i -> random.nextLong(ExtremeRows.LAST_SECOND + 1));
    InsertRequest request = target.request("random", LogRow.blocks(rows));

    send(request);
    Map<String, Integer> parts = partsPerTable();

    assertThat(parts).hasSameSizeAs(MOST_PARTITIONS);
    parts.forEach(
        (table, count) -> assertThat(count).as(table).isBetween(2, MOST_PARTITIONS.get(table)));
    send(request);
    assertThat(partsPerTable()).isEqualTo(parts);
    assertThat(server.sql("SELECT count() FROM logs.http_log")).isEqualTo("2000");
    assertThat(server.sql("SELECT sum(requests) FROM logs.http_log_day")).isEqualTo("2000");
    server.sql("SYSTEM START MERGES");
  }

  @Test
  void rowsOfAMinuteMakeOnePartPerTable() throws Exception {
    send(target.request("minute", LogRow.blocks(rows(100, i -> TODAY + i % 60))));

    assertThat(partsPerTable()).hasSize(8).allSatisfy((table, count) -> assertThat(count).isOne());
  }

  @ParameterizedTest
  @CsvSource({
    "http_log, timestamp, 34, 7, 2",
    "http_log_network_hour, time, 300, 30, 2",
    "http_log_day, time, 300, 30, 2",
    "http_log_minute, time, 3, 1, 1",
  })
  void aRangeOfTimesReadsTheFewPartsThatHaveIt(
      String table, String column, int days, int partitionDays, int atMost) throws Exception {
    send(target.request("days", LogRow.blocks(rows(24 * days, i -> TODAY - i * 3_600))));
    // Clocks that were never set do not change that.
    send(target.request("unset", LogRow.blocks(rows(10, i -> i))));
    server.sql("OPTIMIZE TABLE logs." + table + " FINAL");

    Matcher parts =
        PARTS_BY_TIME.matcher(
            server.sql(
                "EXPLAIN indexes = 1 SELECT count() FROM logs.%s WHERE %s >= toDateTime(%d) AND %2$s < toDateTime(%d)"
                    .formatted(table, column, TODAY - DAY, TODAY)));

    assertThat(parts.find()).isTrue();
    assertThat(Integer.parseInt(parts.group(1))).isBetween(1, atMost);
    assertThat(Integer.parseInt(parts.group(2))).isGreaterThanOrEqualTo(days / partitionDays);
  }

  @Test
  void aRowOfTheFutureKeepsNoneThatItWasMergedWith() throws Exception {
    // The same partition: a multiple of eight weeks apart.
    long future = TODAY + 8 * 7 * 400 * DAY;
    for (long[] timeAndDaysLate :
        new long[][] {{TODAY - 56 * DAY, 0}, {TODAY - 56 * DAY, 22}, {TODAY, 0}, {future, 0}}) {
      server.sql(
          "INSERT INTO logs.http_log (timestamp, minutes_late) SELECT toDateTime(%d), %d SETTINGS insert_allow_materialized_columns = 1"
              .formatted(timeAndDaysLate[0], timeAndDaysLate[1] * 1_440));
    }
    assertThat(server.sql("SELECT uniqExact(_partition_id) FROM logs.http_log")).isEqualTo("1");

    server.sql("OPTIMIZE TABLE logs.http_log FINAL");

    // Stored 56 days ago is gone, 34 days ago is there, and so is what is new.
    assertThat(server.sql("SELECT toUnixTimestamp(timestamp) FROM logs.http_log ORDER BY 1"))
        .isEqualTo(TODAY - 56 * DAY + "\n" + TODAY + "\n" + future);
  }

  @Test
  void aDayOfTheFutureKeepsNoMinutesThatItWasMergedWith() throws Exception {
    long future = TODAY + 8 * 3_000 * DAY;
    for (long time : new long[] {TODAY - 8 * DAY, TODAY, future}) {
      server.sql(
          "INSERT INTO logs.http_log_minute (time, requests) SELECT toDateTime(%d), 1"
              .formatted(time));
    }
    assertThat(server.sql("SELECT uniqExact(_partition_id) FROM logs.http_log_minute"))
        .isEqualTo("1");

    server.sql("OPTIMIZE TABLE logs.http_log_minute FINAL");

    assertThat(server.sql("SELECT toUnixTimestamp(time) FROM logs.http_log_minute ORDER BY 1"))
        .isEqualTo(TODAY + "\n" + future);
  }

  /** What no odd row was merged into goes without being rewritten, and not before all of it may. */
  @Test
  void aDayOfMinutesExpiresAsAWhole() throws Exception {
    long day = TODAY - 3 * DAY;
    server.sql(
        "INSERT INTO logs.http_log_minute (time, requests) SELECT toDateTime(%d + number * 60), 1 FROM numbers(1440)"
            .formatted(day));

    assertThat(
            server.sql(
                "SELECT toUnixTimestamp(min(delete_ttl_info_min)),"
                    + " toUnixTimestamp(max(delete_ttl_info_max)) FROM system.parts WHERE active"
                    + " AND table = 'http_log_minute'"))
        .isEqualTo("%d\t%d".formatted(TODAY + DAY, TODAY + DAY));
  }

  private static List<LogRow> rows(int count, LongUnaryOperator second) {
    return LongStream.range(0, count)
        .mapToObj(
            i ->
                new LogRow(
                    second.applyAsLong(i), i % 97, i, 1, 200, "HIT", "GET", "1.2.3.X", "/" + i))
        .toList();
  }

  private static void send(InsertRequest request) {
    Outcome outcome = target.send(request);
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
  }

  /** Also those that a merge has replaced meanwhile. */
  private static Map<String, Integer> partsPerTable() throws IOException {
    return server
        .sql(
            "SELECT table, countIf(level = 0) FROM system.parts WHERE database = 'logs' AND rows >"
                + " 0 GROUP BY table")
        .lines()
        .map(line -> line.split("\t", 2))
        .collect(Collectors.toMap(cells -> cells[0], cells -> Integer.parseInt(cells[1])));
  }
}
