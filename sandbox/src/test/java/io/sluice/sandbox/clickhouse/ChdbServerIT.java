package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sandbox.metrics.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP interface, in front of the real engine. */
class ChdbServerIT {
  private static final byte[] NOTHING = {};

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static int metricsPort;

  @BeforeAll
  static void start() throws Exception {
    Path sql = Files.createDirectories(dir.resolve("sql"));
    Files.writeString(sql.resolve("001_first.sql"), "CREATE DATABASE IF NOT EXISTS first;");
    Files.writeString(sql.resolve("002_then.sql"), "CREATE VIEW first.one AS SELECT 1; SELECT 2");
    metricsPort = ChdbProcess.freePort();
    server =
        ChdbProcess.start(
            dir,
            "--user=sluice",
            "--password=p4ss:word",
            "--account=other:s3:cret",
            "--metrics-port=" + metricsPort,
            "--init=" + sql);
    assertThat(post("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a").statusCode())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void takesCredentialsFromHeadersBasicAuthenticationOrUrl() throws Exception {
    URI select = server.url("/", Map.of("query", "SELECT 1"));
    URI withUser =
        server.url("/", Map.of("query", "SELECT 1", "user", "sluice", "password", "p4ss:word"));

    assertThat(post("SELECT 1").body()).isEqualTo("1\n");
    assertThat(
            server.post(select, NOTHING, "Authorization", "Basic c2x1aWNlOnA0c3M6d29yZA==").body())
        .isEqualTo("1\n");
    assertThat(server.get(withUser).body()).isEqualTo("1\n");
  }

  @Test
  void knowsFurtherAccounts() throws Exception {
    Map<String, String> select = Map.of("query", "SELECT 1");

    assertThat(
            server
                .post(
                    server.url("/", select),
                    NOTHING,
                    "X-ClickHouse-User",
                    "other",
                    "X-ClickHouse-Key",
                    "s3:cret")
                .body())
        .isEqualTo("1\n");
    assertError(
        server.post(server.url("/", select), NOTHING, "X-ClickHouse-User", "other"), 403, 516);
  }

  @Test
  void appliedTheFilesOfAFolderBeforeItAnswered() throws Exception {
    assertThat(post("SELECT * FROM first.one").body()).isEqualTo("1\n");
  }

  @Test
  void refusesWrongCredentials() throws Exception {
    HttpResponse<String> response =
        server.post(
            server.url("/", Map.of("query", "SELECT 1")),
            NOTHING,
            "X-ClickHouse-User",
            "sluice",
            "X-ClickHouse-Key",
            "wrong");

    assertError(response, 403, 516);
    assertThat(response.body()).doesNotContain("wrong");
  }

  @Test
  void aRequestLeavesNothingToTheNext() throws Exception {
    String settings = "SELECT getSetting('max_threads') = 3, currentDatabase()";

    assertThat(post(settings, Map.of("max_threads", "3", "database", "system")).body())
        .isEqualTo("1\tsystem\n");
    assertThat(post(settings).body()).isEqualTo("0\tdefault\n");
    assertThat(post("SET max_threads = 3").statusCode()).isEqualTo(200);
    assertThat(post(settings).body()).isEqualTo("0\tdefault\n");
  }

  @Test
  void whatReadsOnlyLeavesOthersTheirWrites() throws Exception {
    URI write =
        server.url(
            "/",
            Map.of("query", "INSERT INTO t VALUES (7)", "user", "sluice", "password", "p4ss:word"));

    for (int round = 0; round < 3; round++) {
      assertThat(server.get(write).statusCode()).isNotEqualTo(200);
      assertThat(post("INSERT INTO t VALUES (7)").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "threads are counted in /proc")
  void manyRequestsLeaveNoThreadsBehind() throws Exception {
    requests(100);
    long before = threads();
    requests(100);

    assertThat(threads()).isLessThan(before + 20);
  }

  private static void requests(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      assertThat(post("SELECT 1").statusCode()).isEqualTo(200);
      assertThat(post("SELECT nobody").statusCode()).isEqualTo(404);
    }
  }

  private static long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + server.pid() + "/task"))) {
      return tasks.count();
    }
  }

  /** The names and types of a server's own endpoint, of each of its three sources. */
  @Test
  void showsMetricsToPrometheusWithoutCredentials() throws Exception {
    HttpResponse<String> metrics = server.get(server.url("/metrics", Map.of()));

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body())
        .contains("# TYPE ClickHouseProfileEvents_InsertQuery counter")
        .contains("# TYPE ClickHouseMetrics_PartsActive gauge")
        .contains("# TYPE ClickHouseAsyncMetrics_MaxPartCountForPartition gauge");
    assertThat(server.get(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).body())
        .as("on a port of its own")
        .contains("# TYPE ClickHouseMetrics_PartsActive gauge");
    PrometheusText text = PrometheusText.parse(metrics.body());
    assertThat(text.has("ClickHouseProfileEvents_RejectedInserts")).as("zero is shown").isTrue();
    assertThat(text.sum("ClickHouseAsyncMetrics_DiskAvailable_default"))
        .isPositive()
        .isLessThan(text.sum("ClickHouseAsyncMetrics_DiskTotal_default"));
  }

  @Test
  void theLargestPartitionCountsItsActiveParts() throws Exception {
    post("CREATE TABLE parts (a UInt8) ENGINE = MergeTree ORDER BY a PARTITION BY a % 2");
    post("SYSTEM STOP MERGES parts");
    for (int part = 0; part < 3; part++) {
      post("INSERT INTO parts VALUES (2)");
    }
    post("INSERT INTO parts VALUES (1)");

    String body = server.get(server.url("/metrics", Map.of())).body();

    assertThat(PrometheusText.parse(body).sum("ClickHouseAsyncMetrics_MaxPartCountForPartition"))
        .isEqualTo(3);
  }

  @Test
  void pingNeedsNoCredentials() throws Exception {
    HttpResponse<String> response = server.get(server.url("/ping", Map.of()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("Ok.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM nowhere | 404 | 60",
        "SELECT * FROM nodb.t | 404 | 81",
        "SELECT nothing FROM t | 404 | 47",
        "SELECT FROM WHERE | 400 | 62",
        "SELECT 1 FORMAT Nonsense | 404 | 73",
        "INSERT INTO t VALUES ('x') | 400 | 6",
        "SELECT throwIf(1) | 500 | 395",
      })
  void answersWithClickHousesStatusAndCode(String statement, int status, int code)
      throws Exception {
    assertError(post(statement), status, code);
  }

  @Test
  void refusesAnUnknownSetting() throws Exception {
    assertError(post("SELECT 1", Map.of("no_such_setting", "1")), 404, 115);
  }

  @Test
  void doesNotTakeSqlForTheNameOfASetting() throws Exception {
    assertError(post("SELECT 1", Map.of("max_threads=1, readonly", "1")), 404, 115);
  }

  @Test
  void quotesWhatASettingIsSetTo() throws Exception {
    String awkward = "it's \\ 100%";

    HttpResponse<String> response =
        post(
            "SELECT getSetting('insert_deduplication_token') = 'it\\'s \\\\ 100%'",
            Map.of("insert_deduplication_token", awkward));

    assertThat(response.body()).isEqualTo("1\n");
  }

  @Test
  void forgetsSettingsAfterTheRequest() throws Exception {
    post("SELECT 1", Map.of("max_threads", "7"));

    assertThat(post("SELECT changed FROM system.settings WHERE name = 'max_threads'").body())
        .isEqualTo("0\n");
  }

  @Test
  void refusesWhatItWouldOtherwiseSilentlyIgnore() throws Exception {
    assertError(post("SELECT 1", Map.of("decompress", "1")), 501, 48);
    assertError(
        authorized(server.url("/", Map.of("query", "INSERT INTO t FORMAT RowBinary")))
            .andPost(NOTHING, "Content-Encoding", "br"),
        501,
        48);
  }

  @Test
  void doesNotWriteOnGet() throws Exception {
    URI url =
        server.url(
            "/",
            Map.of("query", "INSERT INTO t VALUES (1)", "user", "sluice", "password", "p4ss:word"));

    assertError(server.get(url), 500, 164);
  }

  @Test
  void usesTheDatabaseAndTheDefaultFormatOfTheUrl() throws Exception {
    post("CREATE DATABASE IF NOT EXISTS other");

    HttpResponse<String> response =
        post(
            "SELECT currentDatabase() AS d",
            Map.of("database", "other", "default_format", "JSONEachRow"));

    assertThat(response.body()).isEqualTo("{\"d\":\"other\"}\n");
  }

  @Test
  void readsAStatementThatBeginsInTheUrlAndGoesOnInTheBody() throws Exception {
    HttpResponse<String> response =
        authorized(server.url("/", Map.of("query", "SELECT 1 +")))
            .andPost("41".getBytes(StandardCharsets.UTF_8));

    assertThat(response.body()).isEqualTo("42\n");
  }

  @Test
  void honoursExpectContinue() throws Exception {
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.url("/", Map.of()))
                .header("X-ClickHouse-User", "sluice")
                .header("X-ClickHouse-Key", "p4ss:word")
                .expectContinue(true)
                .POST(ChdbProcess.body("SELECT 1".getBytes(StandardCharsets.UTF_8))));

    assertThat(response.body()).isEqualTo("1\n");
  }

  @Test
  void finishesARunningRequestOnSigtermAndThenEnds(@TempDir Path own) throws Exception {
    try (ChdbProcess other = ChdbProcess.start(own)) {
      Thread terminator =
          new Thread(
              () -> {
                await().until(() -> isRunning(other));
                other.process().destroy();
              });
      terminator.start();

      assertThat(
              other.sql(
                  "SELECT 'in_progress', sleepEachRow(0.5) FROM numbers(3) SETTINGS max_block_size = 1"))
          .contains("in_progress");

      terminator.join();
      assertThat(other.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean isRunning(ChdbProcess server) throws IOException {
    return server
        .sql(
            "SELECT count() FROM system.processes WHERE query LIKE '%in_progress%sleepEachRow%'"
                + " AND query NOT LIKE '%processes%'")
        .equals("1");
  }

  @Test
  void namesATakenPort() throws Exception {
    Process second =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChdbServer.class.getName(),
                "--port",
                Integer.toString(server.port()),
                "--data",
                dir.resolve("second").toString(),
                "--library",
                dir.resolve("none").toString())
            .redirectErrorStream(true)
            .start();

    String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(output).contains("port " + server.port() + " is taken");
  }

  private static void assertError(HttpResponse<String> response, int status, int code) {
    assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code"))
        .as(response.body())
        .hasValue(Integer.toString(code));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith("Code: " + code + ". DB::Exception: ");
  }

  private static HttpResponse<String> post(String statement) throws IOException {
    return post(statement, Map.of());
  }

  private static HttpResponse<String> post(String statement, Map<String, String> parameters)
      throws IOException {
    return authorized(server.url("/", parameters))
        .andPost(statement.getBytes(StandardCharsets.UTF_8));
  }

  private static Authorized authorized(URI url) {
    return new Authorized(url);
  }

  /** A request with the right credentials. */
  private record Authorized(URI url) {
    HttpResponse<String> andPost(byte[] body, String... headers) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url)
              .header("X-ClickHouse-User", "sluice")
              .header("X-ClickHouse-Key", "p4ss:word")
              .POST(ChdbProcess.body(body));
      return server.send(headers.length == 0 ? request : request.headers(headers));
    }
  }
}
