package io.sluice.sandbox.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.sql.ClickHouseSql;
import io.sluice.sandbox.clickhouse.ChdbProcess;
import io.sluice.sandbox.clickhouse.SqlMigrations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every query of the dashboard against the real engine and, beside it, what http_log says. */
class HttpTrafficDashboardIT {
  private static final String TOTALS = "count() AS r, sum(bytes_sent) AS b";
  private static final String TOP_20 = " ORDER BY r DESC, b DESC LIMIT 20";

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static Dashboard dashboard;
  private static long now;

  @BeforeAll
  static void loadRows() throws Exception {
    dashboard = Dashboard.httpTraffic();
    server = ChdbProcess.start(dir);
    SqlMigrations.apply(
        Path.of("..", "sql"), new ClickHouseSql("http://127.0.0.1:" + server.port()));
    now = Instant.now().getEpochSecond();
    insertRowsOfTheLast(3_600);
    insertRowsOfTheLast(23 * 3_600);
    insertRowsOfTheLast(28 * 86_400);
    for (String snapshot : List.of("logs.http_log_top_24h_mv", "logs.http_log_top_30d_mv")) {
      server.sql("SYSTEM REFRESH VIEW " + snapshot);
      server.sql("SYSTEM WAIT VIEW " + snapshot);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void insertRowsOfTheLast(long seconds) throws IOException {
    server.sql(
        """
        INSERT INTO logs.http_log SELECT
            toDateTime(%d - sipHash64(number, 'time') %% %d),
            intDiv(sipHash64(number, 'resource') %% 36, 6 + number %% 3),
            sipHash64(number, 'bytes') %% 100000,
            7,
            [200, 200, 200, 304, 404, 503][sipHash64(number, 'status') %% 6 + 1],
            ['HIT', 'HIT', 'MISS', ''][sipHash64(number, 'cache') %% 4 + 1],
            'GET',
            ['10.0.1.X', '10.0.2.X', '10.0.3.X', '10.0.3.X', '2001:db8:5::X', 'X']
                [sipHash64(number, 'network') %% 6 + 1],
            concat('https://example.org/', toString(sipHash64(number, 'url') %% 40))
        FROM numbers(20000)
        """
            .formatted(now, seconds));
  }

  static Stream<Scenario> scenarios() {
    return Stream.of(1, 24, 30 * 24).flatMap(hours -> Scenario.ofRange(hours).stream());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void panelsShowWhatHttpLogSays(Scenario scenario) throws IOException {
    String hits = "countIf(cache_status = 'HIT') / nullIf(count(), 0)";
    String byteHits = "sumIf(bytes_sent, cache_status = 'HIT') / nullIf(sum(bytes_sent), 0)";
    int step = scenario.stepSeconds();
    String time = "toDateTime(intDiv(toUInt32(timestamp), %d) * %d, 'UTC')".formatted(step, step);
    String minutes = " / " + step / 60;
    SoftAssertions panels = new SoftAssertions();

    check(panels, scenario, "Requests", "count()", "");
    check(panels, scenario, "Bytes sent", "sum(bytes_sent)", "");
    check(panels, scenario, "Cache hit ratio", hits, "");
    String series = " GROUP BY 1 ORDER BY 1";
    check(panels, scenario, "Requests per minute", time + ", count()" + minutes, series);
    check(panels, scenario, "Bytes per minute", time + ", sum(bytes_sent)" + minutes, series);
    check(
        panels,
        scenario,
        "Status mix",
        time + ", toString(response_status), count()" + minutes,
        " GROUP BY 1, 2 ORDER BY 1, 2");
    check(
        panels,
        scenario,
        "Cache hit ratio over time",
        String.join(", ", time, hits, byteHits),
        series);
    String groups = " GROUP BY 1" + TOP_20;
    check(panels, scenario, "Top resources", "resource_id, " + TOTALS, groups);
    if (scenario.hours() <= 48) {
      check(panels, scenario, "Top networks", "remote_addr, " + TOTALS, groups);
    }
    if (scenario.hours() <= 6 || (scenario.choosesResources() && scenario.hours() <= 48)) {
      check(panels, scenario, "Top URLs", "url, " + TOTALS, groups);
    }
    panels.assertAll();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void snapshotPanelsShowWhatHttpLogSaysOfTheirOwnRange(Scenario scenario) throws IOException {
    SoftAssertions panels = new SoftAssertions();
    for (String range : List.of("24h", "30d")) {
      String since =
          "SELECT max(from_time) FROM logs.traffic_top(range = '%s', by = 'network')"
              .formatted(range);
      for (String what : List.of("network", "resource")) {
        String title = "Top " + what + "s, last " + (range.equals("24h") ? "24 hours" : "30 days");
        String group = what.equals("network") ? "remote_addr" : "resource_id";
        panels
            .assertThat(show(title, scenario))
            .as(title)
            .isNotEmpty()
            .isEqualTo(
                server.sql(
                    "SELECT %s, %s FROM logs.http_log WHERE timestamp >= (%s) AND %s GROUP BY 1 %s"
                        .formatted(group, TOTALS, since, scenario.condition(), TOP_20)));
      }
    }
    panels.assertAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 24, 30 * 24})
  void withoutFiltersChartsReadNothingButTheSmallestTables(int hours) throws IOException {
    Scenario unset = Scenario.ofRange(hours).get(0);
    for (int id = 1; id <= 7; id++) {
      JsonNode panel = dashboard.json().path("panels").path(id - 1);
      String plan = server.sql("EXPLAIN " + filledIn(Dashboard.sqlOf(panel), unset));

      assertThat(plan.lines().filter(line -> line.contains("logs.http_log")))
          .as(panel.path("title").asText())
          .hasSize(1)
          .allMatch(line -> line.matches(".*logs\\.http_log_status_(minute|hour)\\b.*"));
    }
  }

  @Test
  void panelsThatWouldBeSlowForALongRangeAreEmptyInstead() throws IOException {
    Scenario month = Scenario.ofRange(30 * 24).get(0);
    Scenario day = Scenario.ofRange(24).get(0);

    assertThat(show("Top networks", month)).isEmpty();
    assertThat(show("Top URLs", month)).isEmpty();
    assertThat(show("Top URLs", day)).isEmpty();
  }

  @Test
  void theAgeOfASnapshotIsSmallRightAfterItWasTaken() throws IOException {
    Scenario unset = Scenario.ofRange(1).get(0);

    assertThat(Long.parseLong(show("Age of the 24h snapshot", unset))).isBetween(0L, 600L);
    assertThat(Long.parseLong(show("Age of the 30d snapshot", unset))).isBetween(0L, 600L);
  }

  @Test
  void tablesAndSeriesHaveTheColumnsThatTheirUnitsAndLegendsName() throws IOException {
    assertThat(columns("Requests per minute")).containsExactly("time", "Requests");
    assertThat(columns("Bytes per minute")).containsExactly("time", "Bytes");
    assertThat(columns("Status mix")).containsExactly("time", "status", "Requests");
    assertThat(columns("Cache hit ratio over time"))
        .containsExactly("time", "Of requests", "Of bytes");
    assertThat(columns("Top URLs")).containsExactly("URL", "Requests", "Bytes");
    for (String when : List.of("", ", last 24 hours", ", last 30 days")) {
      assertThat(columns("Top networks" + when)).containsExactly("Network", "Requests", "Bytes");
      assertThat(columns("Top resources" + when)).containsExactly("Resource", "Requests", "Bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 24, 30 * 24})
  void variablesOfferWhatIsThere(int hours) throws IOException {
    assertThat(options("resource", hours))
        .containsExactlyInAnyOrderElementsOf(distinct("toString(resource_id)"));
    assertThat(options("network", hours))
        .containsExactlyInAnyOrderElementsOf(distinct("remote_addr"));
    assertThat(options("status", hours)).containsExactly("200", "304", "404", "503");
    assertThat(options("cache_status", hours)).containsExactly("HIT", "MISS");
  }

  private static void check(
      SoftAssertions panels, Scenario scenario, String title, String columns, String groups)
      throws IOException {
    Interpolation range = scenario.at(now);
    String expected =
        "SELECT %s FROM logs.http_log WHERE timestamp >= toDateTime(%d) AND timestamp < toDateTime(%d) AND %s %s"
            .formatted(
                columns, range.fromSeconds(), range.toSeconds(), scenario.condition(), groups);
    panels.assertThat(show(title, scenario)).as(title).isNotEmpty().isEqualTo(server.sql(expected));
  }

  private static String show(String title, Scenario scenario) throws IOException {
    return server.sql(filledIn(Dashboard.sqlOf(dashboard.panel(title)), scenario));
  }

  private static List<String> columns(String title) throws IOException {
    Scenario unset = Scenario.ofRange(1).get(0);
    String sql = filledIn(Dashboard.sqlOf(dashboard.panel(title)), unset);
    return lines("DESCRIBE (" + sql + ")").stream().map(line -> line.split("\t", 2)[0]).toList();
  }

  private static List<String> options(String variable, int hours) throws IOException {
    Scenario unset = Scenario.ofRange(hours).get(0);
    return lines(filledIn(dashboard.variable(variable).path("query").asText(), unset));
  }

  private static List<String> distinct(String expression) throws IOException {
    return lines("SELECT DISTINCT " + expression + " FROM logs.http_log");
  }

  private static List<String> lines(String sql) throws IOException {
    return Arrays.asList(server.sql(sql).split("\n", -1));
  }

  private static String filledIn(String rawSql, Scenario scenario) {
    return scenario.at(now).fill(rawSql);
  }
}
