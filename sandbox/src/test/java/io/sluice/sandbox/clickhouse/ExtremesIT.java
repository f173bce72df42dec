package io.sluice.sandbox.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.ops.audit.TotalsTables;
import io.sluice.sandbox.clickhouse.ClickHouseTarget.Sums;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The largest and the smallest of everything is stored as it is, and added up as Java adds up,
 * modulo 2^64.
 */
class ExtremesIT {
  private static final long SEED = Long.getLong("sluice.seed", 20261120);
  private static final int ROWS = 500;
  private static final int INSERTS = 4;
  private static final long DAY = 86_400;
  private static final long TODAY = Today.START.getEpochSecond();

  /** Each table of totals: its step in seconds, how many days it keeps, and what it groups by. */
  private static final List<Level> LEVELS =
      List.of(
          new Level("http_log_status_minute", 60, 400, false, false),
          new Level("http_log_status_hour", 3_600, Level.FOR_GOOD, false, false),
          new Level("http_log_minute", 60, 3, true, true),
          new Level("http_log_resource_hour", 3_600, 400, true, false),
          new Level("http_log_resource_day", DAY, Level.FOR_GOOD, true, false),
          new Level("http_log_network_hour", 3_600, 400, false, true),
          new Level("http_log_day", DAY, Level.FOR_GOOD, true, true));

  private record Level(
      String table, long stepSeconds, long days, boolean byResource, boolean byNetwork) {
    static final long FOR_GOOD = -1;

    /** What is older may be gone; a day less than it keeps, since a day may end meanwhile. */
    long keptFrom() {
      return days == FOR_GOOD ? 0 : TODAY - (days - 1) * DAY;
    }

    Set<Dimension> dimensions() {
      Set<Dimension> all = EnumSet.allOf(Dimension.class);
      if (!byResource) {
        all.remove(Dimension.RESOURCE_ID);
      }
      if (!byNetwork) {
        all.remove(Dimension.NETWORK);
      }
      return all;
    }

    Map<String, Sums> stored() throws Exception {
      String columns =
          dimensions().stream().map(Dimension::expression).collect(Collectors.joining(", "));
      return TrafficQuery.parsed(
          server.sql(
              "SELECT toUInt32(time), %s, sum(requests), sum(bytes_sent) FROM logs.%s WHERE time >= toDateTime(%d, 'UTC') GROUP BY ALL"
                  .formatted(columns, table, keptFrom())));
    }

    Map<String, Sums> expected(List<LogRow> rows) {
      return rows.stream()
          .filter(row -> row.second() >= keptFrom())
          .collect(
              Collectors.toMap(
                  this::key,
                  row -> new Sums(1, row.bytesSent()),
                  (a, b) -> new Sums(a.requests() + b.requests(), a.bytes() + b.bytes())));
    }

    private String key(LogRow row) {
      return Stream.concat(
              Stream.of(Long.toString(row.second() / stepSeconds * stepSeconds)),
              dimensions().stream().map(dimension -> dimension.of(row)))
          .collect(Collectors.joining("\t"));
    }
  }

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
  void everyTableOfTotalsIsLookedAt() {
    assertThat(LEVELS.stream().map(Level::table)).hasSameElementsAs(TotalsTables.NAMES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void everyTableHasTheSumsOfTheRowsBeforeAndAfterItsPartsAreMerged(int round) throws Exception {
    List<LogRow> rows = store(new SplittableRandom(SEED + round));

    assertSums(rows, "as inserted");
    assertThat(everyByte()).isEqualTo(sorted(rows.stream().map(ExtremesIT::everyByte)));

    for (Level level : LEVELS) {
      server.sql("OPTIMIZE TABLE logs." + level.table() + " FINAL");
    }
    server.sql("OPTIMIZE TABLE logs.http_log FINAL");
    assertSums(rows, "merged");
    assertThat(everyByte()).isEqualTo(sorted(rows.stream().map(ExtremesIT::everyByte)));
  }

  @Test
  void sumsWrapAroundInAllTablesAlike() throws Exception {
    LogRow largest = new LogRow(TODAY, -1, -1, -1, 65_535, "HIT", "GET", "1.2.3.X", "/");
    LogRow one = new LogRow(TODAY, -1, 1, 0, 65_535, "HIT", "GET", "1.2.3.X", "/");
    // 2^64 - 1 + 1: all bytes of the key are 0, and yet it has two requests.
    send("wrapping", List.of(largest, one));

    for (Level level : LEVELS) {
      server.sql("OPTIMIZE TABLE logs." + level.table() + " FINAL");
      assertThat(level.stored().values()).as(level.table()).containsExactly(new Sums(2, 0));
    }
  }

  @Test
  void theFrontAnswersFromTheFirstSecondToTheLast() throws Exception {
    List<LogRow> rows = store(new SplittableRandom(SEED));

    for (String step : List.of("day", "auto")) {
      for (Set<Dimension> by :
          List.of(
              EnumSet.noneOf(Dimension.class),
              EnumSet.of(Dimension.RESOURCE_ID),
              EnumSet.allOf(Dimension.class))) {
        TrafficQuery all = new TrafficQuery(0, ExtremeRows.LAST_SECOND, step, by, Map.of());
        assertThat(TrafficQuery.parsed(server.sql(all.sql())))
            .as(all.sql())
            .isEqualTo(all.answer(rows));
      }
    }
  }

  /** In several inserts, so that there is something to merge. */
  private static List<LogRow> store(SplittableRandom random) throws Exception {
    List<LogRow> rows = new ExtremeRows(random, TODAY).some(ROWS);
    for (int i = 0; i < INSERTS; i++) {
      send("insert-" + i, rows.subList(i * ROWS / INSERTS, (i + 1) * ROWS / INSERTS));
    }
    return rows;
  }

  private static void send(String token, List<LogRow> rows) {
    Outcome outcome = target.send(target.request(token, LogRow.blocks(rows)));
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
  }

  private static void assertSums(List<LogRow> rows, String when) throws Exception {
    for (Level level : LEVELS) {
      assertThat(level.stored()).as("%s, %s", level.table(), when).isEqualTo(level.expected(rows));
    }
  }

  /** What http_log has, in no special order. */
  private static List<String> everyByte() throws Exception {
    return sorted(
        server
            .sql(
                "SELECT toUInt32(timestamp), resource_id, bytes_sent, request_time_milli,"
                    + " response_status, network, concat(hex(cache_status), ' ', hex(method), ' ',"
                    + " hex(remote_addr), ' ', hex(url), '.') FROM logs.http_log")
            .lines());
  }

  private static String everyByte(LogRow row) {
    String numbers =
        Stream.of(
                row.second(),
                row.resourceId(),
                row.bytesSent(),
                row.requestTimeMilli(),
                (long) row.responseStatus(),
                NetworkKey.of(row.remoteAddr()))
            .map(Long::toUnsignedString)
            .collect(Collectors.joining("\t"));
    String texts =
        Stream.of(row.cacheStatus(), row.method(), row.remoteAddr(), row.url())
            .map(text -> HexFormat.of().withUpperCase().formatHex(text.getBytes(ISO_8859_1)))
            .collect(Collectors.joining(" "));
    return numbers + "\t" + texts + ".";
  }

  private static List<String> sorted(Stream<String> lines) {
    return lines.sorted(Comparator.naturalOrder()).toList();
  }
}
