package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP interface, in front of the real engine. */
class ChdbServerIT {
  private static final byte[] NOTHING = {};

  @TempDir static Path dir;
  private static ChdbProcess server;

  @BeforeAll
  static void start() throws Exception {
    Path sql = Files.createDirectories(dir.resolve("sql"));
    Files.writeString(sql.resolve("001_first.sql"), "CREATE DATABASE IF NOT EXISTS first;");
    Files.writeString(sql.resolve("002_then.sql"), "CREATE VIEW first.one AS SELECT 1; SELECT 2");
    server =
        ChdbProcess.start(
            dir,
            "--user=sluice",
            "--password=p4ss:word",
            "--account=other:s3:cret",
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
