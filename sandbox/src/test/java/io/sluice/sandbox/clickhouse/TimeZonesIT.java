package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.clickhouse.http.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the time zone of the server and of the session: a range that {@code traffic} takes is
 * the same instants, and what it cannot tell the instants of it refuses.
 */
class TimeZonesIT {
  private static final List<String> ZONES =
      List.of("UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe");

  /** 05:30 and 06:30 UTC are both 01:30 in New York, 14:45 and 15:15 both 01:45 on Lord Howe. */
  private static final List<String> HOURS_THAT_EXIST_TWICE =
      List.of("2025-11-02T05:00:00Z", "2025-11-02T06:00:00Z", "2025-04-05T14:45:00Z");

  private static final Pattern CALL = Pattern.compile("logs\\.traffic\\([^;]*?by = '[^']*'\\)");

  @TempDir static Path dir;
  private static final List<ChdbProcess> SERVERS = new ArrayList<>();
  private static List<LogRow> rows;

  /** Seconds since 1970, a few minutes ago. */
  private static long recent;

  @BeforeAll
  static void start() throws Exception {
    recent = Instant.now().getEpochSecond() / 60 * 60 - 600;
    rows =
        Stream.concat(
                HOURS_THAT_EXIST_TWICE.stream()
                    .map(text -> Instant.parse(text).getEpochSecond())
                    .flatMap(hour -> LongStream.range(0, 6).mapToObj(i -> hour + i * 600)),
                LongStream.range(0, 24).mapToObj(hour -> recent - hour * 3_600))
            .map(second -> new LogRow(second, 1, 1, 1, 200, "HIT", "GET", "1.2.3.X", "/"))
            .toList();
    for (String zone : List.of("America/New_York", "Australia/Lord_Howe")) {
      Path data = Files.createDirectory(dir.resolve(zone.replace('/', '-')));
      ChdbProcess server = ChdbProcess.startIn(ZoneId.of(zone), data);
      SERVERS.add(server);
      ClickHouseTarget target =
          new ClickHouseTarget(
              URI.create("http://127.0.0.1:" + server.port() + "/"), "default", "", "logs");
      target.createTablesAnew(TablesDdl.asTheyAre());
      Outcome outcome = target.send(target.request("rows", LogRow.blocks(rows)));
      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.forEach(ChdbProcess::close);
  }

  static Stream<Session> sessions() {
    return SERVERS.stream()
        .flatMap(server -> ZONES.stream().map(zone -> new Session(server, zone)));
  }

  /** Of some server, in a time zone of its own. */
  private record Session(ChdbProcess server, String zone) {
    String sql(String statement) throws IOException {
      HttpResponse<String> response =
          server.send(
              HttpRequest.newBuilder(server.url("/", Map.of("session_timezone", zone)))
                  .POST(HttpRequest.BodyPublishers.ofString(statement)));
      if (response.statusCode() != 200) {
        throw new IOException(response.body());
      }
      return response.body().stripTrailing();
    }

    long requests(String from, String to, String step) throws IOException {
      return Long.parseLong(
          sql(
              "SELECT sum(requests) FROM logs.traffic(from = %s, to = %s, step = '%s', by = '')"
                  .formatted(from, to, step)));
    }

    @Override
    public String toString() {
      return zone + " of port " + server.port();
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void everyExpressionThatIsTakenMeansTheSameInstant(Session session) throws Exception {
    String second = Long.toString(recent - 3_600);
    for (String from :
        List.of(
            second,
            "'" + second + "'",
            second + ".75",
            second + "999 / 1000",
            "toInt64(" + second + ")",
            "toUnixTimestamp(toDateTime(" + second + "))",
            "toUnixTimestamp(toDateTime(" + second + ") - INTERVAL 0 HOUR)",
            "toUnixTimestamp(toDateTime64(" + second + ", 3, 'Asia/Tokyo'))",
            "'" + Instant.ofEpochSecond(recent - 3_600) + "'",
            "'" + Instant.ofEpochSecond(recent - 3_600).toString().replace("Z", ".5Z") + "'",
            "formatDateTime(toDateTime(" + second + ", 'Asia/Tokyo'), '%F %T+09:00')",
            "(SELECT toUnixTimestamp(max(timestamp)) - 3600 FROM logs.http_log)")) {
      assertThat(session.requests(from, Long.toString(recent + 60), "minute"))
          .as(from)
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void nowMinusAnHourIsAnHourAgo(Session session) throws Exception {
    assertThat(
            session.requests(
                "toUnixTimestamp(now() - INTERVAL 75 MINUTE)", "toUnixTimestamp(now())", "minute"))
        .isEqualTo(2);
    assertThat(
            session.requests(
                "toUnixTimestamp(now64(6) - 4500)", "toUnixTimestamp(now('UTC'))", "minute"))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void hoursThatExistTwiceAreTwoHours(Session session) throws Exception {
    for (String hour : HOURS_THAT_EXIST_TWICE) {
      Instant start = Instant.parse(hour);
      Instant end = start.plusSeconds(900);
      assertThat(session.requests("'" + start + "'", "'" + end + "'", "hour"))
          .as(hour)
          .isEqualTo(hour.contains(":45:") ? 2 : 6);
    }
    // A quarter past one, twice: each is the hour that its offset says.
    assertThat(
            session.requests("'2025-11-02 01:15:00-04:00'", "'2025-11-02 01:20:00-04:00'", "hour"))
        .isEqualTo(6);
    assertThat(
            session.requests("'2025-11-02 01:15:00-04:00'", "'2025-11-02 01:20:00-05:00'", "hour"))
        .isEqualTo(12);
  }

  /** ClickHouse hands a time over as text without its zone, so it might be any of two dozen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "now()",
        "now('UTC')",
        "now() - INTERVAL 1 DAY",
        "now64(3)",
        "today()",
        "toDateTime('2026-11-20 10:00:00')",
        "toDateTime('2026-11-20 10:00:00', 'Asia/Tokyo')",
        "'2026-11-20 10:00:00'",
        "'2026-11-20T10:00:00'",
        "'2026-11-20'",
        "(SELECT max(timestamp) FROM logs.http_log)",
        // Milliseconds, and what is no time at all.
        "1795996795000",
        "4294967296",
        "86400",
        "'2026-02-30T10:00:00Z'",
        "-1",
        "'inf'",
        "'yesterday'",
        "''",
        "'2206-11-20T10:00:00Z'"
      })
  void whatHasNoInstantIsRefusedByALineThatSaysWhatToWrite(String expression) {
    for (ChdbProcess server : SERVERS) {
      Session session = new Session(server, "Asia/Kathmandu");
      assertRefused(session, expression, Long.toString(recent), "auto");
      assertRefused(session, "0", expression, "week");
    }
  }

  private static void assertRefused(Session session, String from, String to, String step) {
    assertThatThrownBy(() -> session.requests(from, to, step))
        .as("from %s to %s by %s in %s", from, to, step, session)
        .hasMessageContaining(
            "traffic: from and to are seconds since 1970, such as toUnixTimestamp(now() - INTERVAL"
                + " 1 DAY), or text with its zone");
  }

  /**
   * Those of docs/queries.md, of the last hour and the last day, and that at the head of the view.
   */
  @ParameterizedTest
  @MethodSource("sessions")
  void theDocumentedExamplesAnswer(Session session) throws Exception {
    List<String> examples = new ArrayList<>();
    for (Path file :
        List.of(Path.of("..", "docs", "queries.md"), Path.of("..", "sql", "009_traffic.sql"))) {
      Matcher call = CALL.matcher(Files.readString(file).replace("\n--", "\n"));
      while (call.find()) {
        examples.add(call.group());
      }
    }

    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    for (String example : examples) {
      long requests = Long.parseLong(session.sql("SELECT sum(requests) FROM " + example));
      if (example.contains("now()")) {
        assertThat(requests).as(example).isEqualTo(example.contains("DAY") ? 24 : 1);
      }
    }
  }

  /** Days, hours and partitions are those of UTC, on whichever server the tables are. */
  @Test
  void theTablesAreTheSameInEveryZoneOfAServer() throws Exception {
    List<String> contents = new ArrayList<>();
    for (ChdbProcess server : SERVERS) {
      StringBuilder all = new StringBuilder();
      for (String table : List.of("status_hour", "resource_day", "day")) {
        all.append(
            server.sql(
                "SELECT toUnixTimestamp(time), _partition_id, sum(requests) FROM logs.http_log_%s"
                        .formatted(table)
                    + " GROUP BY ALL ORDER BY ALL"));
      }
      contents.add(all.toString());
    }

    assertThat(contents).hasSize(2).containsOnly(contents.get(0));
    assertThat(contents.get(0)).isNotEmpty();
  }
}
