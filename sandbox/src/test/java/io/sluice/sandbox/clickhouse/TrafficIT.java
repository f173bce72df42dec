package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.clickhouse.http.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The front for charts gives the numbers of the rows, whichever table they come from. {@code
 * -Dsluice.seed=7 -Dsluice.queries=100} asks others, and more of them.
 */
class TrafficIT {
  private static final long SEED = Long.getLong("sluice.seed", 20261120);
  private static final int QUERIES_PER_SET_AND_STEP = Integer.getInteger("sluice.queries", 3);
  private static final int ROWS = 20_000;
  private static final long DAY = 86_400;

  /** How old rows are refused, or come from another table; in days. */
  private static final long SECONDS_KEPT = 34;

  private static final long HOURS_KEPT = 399;

  /** The clock goes on between the choice of a range and the answer. */
  private static final long MARGIN = 120;

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static List<LogRow> rows;

  /** Of the server, in seconds since 1970. */
  private static long now;

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    ClickHouseTarget target = new ClickHouseTarget(url, "default", "", "logs");
    target.createTablesAnew(TablesDdl.asTheyAre());
    now = Long.parseLong(server.sql("SELECT toUnixTimestamp(now())"));
    rows = new TrafficRows(new SplittableRandom(SEED), now).some(ROWS);
    // In several inserts, so that there are parts to be merged.
    for (int i = 0; i < 4; i++) {
      Outcome outcome =
          target.send(
              target.request(
                  "part-" + i, LogRow.blocks(rows.subList(i * ROWS / 4, (i + 1) * ROWS / 4))));
      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<Set<Dimension>> sets() {
    List<Set<Dimension>> sets = new ArrayList<>(List.of(EnumSet.noneOf(Dimension.class)));
    for (Dimension dimension : Dimension.values()) {
      for (Set<Dimension> without : List.copyOf(sets)) {
        Set<Dimension> with = EnumSet.of(dimension);
        with.addAll(without);
        sets.add(with);
      }
    }
    return sets;
  }

  @ParameterizedTest
  @MethodSource("sets")
  void everyRangeAndStepGivesTheSumsOfTheRows(Set<Dimension> by) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED + by.hashCode());
    int refused = 0;
    for (String step : List.of("minute", "hour", "day", "auto")) {
      for (int i = 0; i < QUERIES_PER_SET_AND_STEP; i++) {
        TrafficQuery query = anyQuery(random, step, by);
        if (isKept(query)) {
          assertAnswered(query);
        } else {
          refused++;
          assertThatThrownBy(() -> server.sql(query.sql()))
              .as(query.sql())
              .hasMessageContaining("old rows are kept in coarse steps only");
        }
      }
    }
    assertThat(refused).isLessThan(2 * QUERIES_PER_SET_AND_STEP);
  }

  @ParameterizedTest(name = "{0} by {1}, {2} days and {3} s ago, for {4} s, from {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        // Minutes: without resource and network, with them, and where they are too old or too long.
        "minute, '',                               398,  0, 40000, http_log_status_minute",
        "minute, response_status,                    0, 60,    30, http_log_status_minute",
        "minute, network,                            2,  0, 90000, http_log_minute",
        "minute, network,                            2,  1, 90000, http_log",
        "minute, resource_id,                        2,  0, 21600, http_log_minute",
        "minute, resource_id,                        2,  1, 21600, http_log",
        "minute, resource_id,                        2,  0, 21601, http_log",
        "minute, 'network,resource_id',             33,  0,   600, http_log",
        // Hours.
        "hour,   cache_status,                     410,  0, 90000, http_log_status_hour",
        "hour,   resource_id,                      398,  0, 90000, http_log_resource_hour",
        "hour,   network,                          398,  0, 90000, http_log_network_hour",
        "hour,   'network,resource_id',             33,  0, 90000, http_log",
        // Days.
        "day,    response_status,                  410,  0, 90000, http_log_status_hour",
        "day,    'cache_status,resource_id',       410,  0, 90000, http_log_resource_day",
        "day,    network,                          410,  0, 90000, http_log_day",
        "day,    'network,resource_id',            410,  0, 90000, http_log_day",
        // What auto takes.
        "auto,   network,                            1,  0, 86400, http_log_minute",
        "auto,   network,                            1,  0, 86401, http_log_network_hour",
        "auto,   network,                           50,  0, 3456000, http_log_network_hour",
        "auto,   network,                           50,  0, 3456001, http_log_day",
      })
  void readsOneTableOnEitherSideOfEachBoundary(
      String step, String by, long daysAgo, long secondsMore, long span, String table)
      throws Exception {
    Set<Dimension> set = EnumSet.noneOf(Dimension.class);
    Arrays.stream(Dimension.values()).filter(d -> by.contains(d.column())).forEach(set::add);
    onOneDay(
        today -> {
          long from = today - daysAgo * DAY - secondsMore;
          TrafficQuery query = new TrafficQuery(from, from + span, step, set, Map.of());

          assertThat(server.sql("EXPLAIN " + query.sql()))
              .containsOnlyOnce("ReadFromMergeTree")
              .contains("ReadFromMergeTree (logs." + table + ")");
          assertAnswered(query);
        });
  }

  /** Once more if midnight came in between: the boundaries are a day later then. */
  private static void onOneDay(ThrowingConsumer<Long> check) throws Exception {
    long day = today();
    try {
      check.accept(day);
    } catch (AssertionError wrong) {
      if (today() == day) {
        throw wrong;
      }
      check.accept(today());
    }
  }

  private static long today() throws Exception {
    return Long.parseLong(server.sql("SELECT toUnixTimestamp(now())")) / DAY * DAY;
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource_id", "network"})
  void aDimensionThatWasNotNamedIsAnErrorThatNamesIt(String dimension) {
    for (String step : List.of("minute", "hour", "day", "auto")) {
      assertThatThrownBy(
              () ->
                  server.sql(
                      "SELECT %s, sum(requests) FROM logs.traffic(from = toUnixTimestamp(now()) - 3600, to = toUnixTimestamp(now()), step = '%s', by = 'response_status') GROUP BY ALL"
                          .formatted(dimension, step)))
          .hasMessageContaining("identifier `" + dimension + "`");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"week", "", "Hour", "hours"})
  void anotherStepIsAnErrorThatNamesTheSteps(String step) {
    for (String by : List.of("", "resource_id", "network,cache_status")) {
      assertThatThrownBy(
              () ->
                  server.sql(
                      "SELECT sum(requests) FROM logs.traffic(from = toUnixTimestamp(now()) - 3600, to = toUnixTimestamp(now()), step = '%s', by = '%s')"
                          .formatted(step, by)))
          .hasMessageContaining("step is minute, hour, day or auto");
    }
  }

  /** Every alias of the view is worked out wherever it stands: one function more can be forty. */
  @Test
  void planningTakesAFewTimesWhatItTakesOnOneTable() throws Exception {
    TrafficQuery query = new TrafficQuery(now - 3_600, now, "auto", Set.of(), Map.of());
    String onOneTable =
        "SELECT time, sum(requests) FROM merge('logs', '^http_log_status_minute$') WHERE time >= %d GROUP BY time"
            .formatted(now - 3_600);

    assertThat(leastNanosToPlan(query.sql())).isLessThan(12 * leastNanosToPlan(onOneTable));
  }

  /** Of many, since everything else that the machine does only adds to it. */
  private static long leastNanosToPlan(String query) throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      server.sql("EXPLAIN " + query);
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  @Test
  void anEmptyRangeHasNothing() throws Exception {
    for (String step : List.of("minute", "hour", "day", "auto")) {
      TrafficQuery empty = new TrafficQuery(now - 90, now - 90, step, Set.of(), Map.of());
      TrafficQuery reversed = new TrafficQuery(now - 90, now - 91, step, Set.of(), Map.of());

      assertThat(server.sql(empty.sql())).isEmpty();
      assertThat(server.sql(reversed.sql())).isEmpty();
    }
  }

  @Test
  void takesARangeAsTextAsSecondsAndAsAnExpression() throws Exception {
    long day = now / DAY * DAY;
    String query =
        "SELECT sum(requests) FROM logs.traffic(from = %s, to = %s, step = 'day', by = '')";

    assertThat(
            List.of(
                server.sql(
                    query.formatted("toUnixTimestamp(toDateTime(" + day + "))", day + " + 1")),
                server.sql(query.formatted(day, day + 1)),
                server.sql(query.formatted("'" + day + "'", "'" + (day + 1) + "'"))))
        .containsOnly(
            Long.toString(rows.stream().filter(row -> row.second() / DAY * DAY == day).count()));
  }

  private static TrafficQuery anyQuery(SplittableRandom random, String step, Set<Dimension> by) {
    long from = rows.get(random.nextInt(rows.size())).second();
    while (isNear(from, SECONDS_KEPT) || isNear(from, HOURS_KEPT)) {
      from--;
    }
    long span = 1 + random.nextLong(1L << (6 + random.nextInt(17)));
    LogRow like = rows.get(random.nextInt(rows.size()));
    Map<Dimension, String> filters = new EnumMap<>(Dimension.class);
    by.stream().filter(d -> random.nextInt(3) == 0).forEach(d -> filters.put(d, d.of(like)));
    return new TrafficQuery(from, from + span, step, by, filters);
  }

  private static boolean isNear(long from, long days) {
    return Math.abs(from - (now - days * DAY)) <= MARGIN;
  }

  /** Whether there is a table that still has these rows in so fine a step. */
  private static boolean isKept(TrafficQuery query) {
    boolean inSeconds = query.from() >= now - SECONDS_KEPT * DAY;
    boolean inHours = query.from() >= now - HOURS_KEPT * DAY;
    long seconds = query.seconds();
    boolean byResource = query.by().contains(Dimension.RESOURCE_ID);
    boolean byNetwork = query.by().contains(Dimension.NETWORK);
    if (seconds == DAY || inSeconds) {
      return true;
    }
    if (!byResource && !byNetwork) {
      return seconds > 60 || inHours;
    }
    return seconds > 60 && inHours && !(byResource && byNetwork);
  }

  private static void assertAnswered(TrafficQuery query) throws Exception {
    assertThat(TrafficQuery.parsed(server.sql(query.sql())))
        .as(query.sql())
        .isEqualTo(query.answer(rows));
  }
}
