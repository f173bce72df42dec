package io.sluice.clickhouse.http;

import static io.sluice.clickhouse.http.ScriptedServer.afterBody;
import static io.sluice.clickhouse.http.ScriptedServer.beforeBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what each answer comes to. */
@Timeout(value = 15, threadMode = ThreadMode.SEPARATE_THREAD)
class ClickHouseClientTest {
  private static final InsertRequest REQUEST = Requests.ofFrames(3, 50_000);

  private static final ScriptedServer.Script KNOWS_NO_EXPECT =
      connection -> {
        connection.readHead();
        if (connection.header("Expect").isEmpty()) {
          connection.readBody();
          connection.send(ScriptedServer.OK);
        } else {
          connection.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
          connection.readToEnd();
        }
      };

  @Test
  void acceptsAnEmpty200AfterTheBody() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.ACCEPT)) {
      Outcome outcome = insert(server, REQUEST);

      assertThat(outcome.kind()).isEqualTo(Kind.ACCEPTED);
      assertThat(outcome.mayBeApplied()).isTrue();
      assertThat(outcome.httpStatus()).isEqualTo(200);
      assertThat(server.ended().get(0).body()).isEqualTo(Requests.bodyOf(REQUEST));
    }
  }

  @Test
  void sendsSameHeadAndBodyEachTimeOnAConnectionOfItsOwn() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.ACCEPT);
        ClickHouseClient client = client(server)) {
      client.insert(REQUEST);
      client.insert(REQUEST);

      List<ScriptedServer.Connection> sent = server.ended();
      assertThat(sent).hasSize(2);
      assertThat(sent.get(1).head()).isEqualTo(sent.get(0).head());
      assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
    }
  }

  @Test
  void asksBeforeTheBodyAndSaysItsLengthAndCompression() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.ACCEPT)) {
      insert(server, REQUEST);

      ScriptedServer.Connection sent = server.ended().get(0);
      assertThat(sent.head()).startsWith("POST /?query=INSERT%20INTO%20%60logs%60.%60http_log%60");
      assertThat(sent.header("Expect")).isEqualTo("100-continue");
      assertThat(sent.header("Content-Length")).isEqualTo("150000");
      assertThat(sent.header("Content-Encoding")).isEqualTo("zstd");
      assertThat(sent.header("Accept-Encoding")).isEmpty();
    }
  }

  @Test
  void sendsCredentialsInHeadersOnly() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.ACCEPT)) {
      insert(server, REQUEST);

      ScriptedServer.Connection sent = server.ended().get(0);
      assertThat(sent.header("X-ClickHouse-User")).isEqualTo("writer");
      assertThat(sent.header("X-ClickHouse-Key")).isEqualTo("s3cret");
      assertThat(sent.head().lines().findFirst().orElseThrow())
          .doesNotContain("writer")
          .doesNotContain("s3cret");
    }
  }

  /** As services of compose files are called; to {@code java.net.URI} that is no host. */
  @ParameterizedTest
  @ValueSource(strings = {"ch_proxy", "ch_proxy_", "CH-Proxy.example."})
  void findsHostsByTheNamesThatTheyHave(String host) throws Exception {
    List<String> lookedUp = new ArrayList<>();
    DnsResolver names =
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String name) {
            lookedUp.add(name);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
          }
        };
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.ACCEPT)) {
      int port = server.url().getPort();
      URI url = URI.create("http://" + host + ":" + port);
      try (ClickHouseClient client = client(url, names, System::nanoTime)) {
        assertThat(client.insert(REQUEST).kind()).isEqualTo(Kind.ACCEPTED);
      }

      assertThat(lookedUp).containsExactly(host);
      assertThat(server.ended().get(0).header("Host")).isEqualToIgnoringCase(host + ":" + port);
    }
  }

  @Test
  void keepsPathPrefixAndNonAsciiPassword() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.ACCEPT);
        ClickHouseClient client =
            new ClickHouseClient(
                new Endpoint(
                    URI.create(server.url() + "/lane/1/"),
                    "",
                    "pässwort",
                    Requests.PATIENT,
                    Authorities.OF_THE_JVM))) {
      client.insert(REQUEST);

      ScriptedServer.Connection sent = server.ended().get(0);
      assertThat(sent.head()).startsWith("POST /lane/1/?query=");
      assertThat(sent.header("X-ClickHouse-Key")).isEqualTo("pässwort");
      assertThat(sent.head()).doesNotContain("X-ClickHouse-User");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void takesALimitBeforeTheBodyAsTooEarlyAndUploadsNothing(int status) throws Exception {
    String answer = "HTTP/1.1 " + status + " Slow down\r\nContent-Length: 3\r\n\r\nno\n";
    // 500 bytes too: small bodies are where the library would send them all the same.
    for (InsertRequest request : List.of(REQUEST, Requests.ofFrames(1, 500))) {
      try (ScriptedServer server = new ScriptedServer(beforeBody(answer))) {
        Outcome outcome = insert(server, request);

        assertThat(outcome.kind()).isEqualTo(Kind.TOO_EARLY);
        assertThat(outcome.mayBeApplied()).isFalse();
        assertThat(server.ended().get(0).body()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void passesOnHowLongTheProxyWantsToBeLeftAlone(int status) throws Exception {
    assertThat(
            insert(
                    beforeBody(
                        "HTTP/1.1 "
                            + status
                            + " No\r\nRetry-After: 42\r\nContent-Length: 0\r\n\r\n"))
                .retryAfter())
        .isEqualTo(Duration.ofSeconds(42));
    assertThat(
            insert(
                    beforeBody(
                        "HTTP/1.1 "
                            + status
                            + " No\r\nRetry-After: Sun, 29 Nov 2026 12:00:42 GMT\r\n"
                            + "Date: Sun, 29 Nov 2026 12:00:00 GMT\r\nContent-Length: 0\r\n\r\n"))
                .retryAfter())
        .isEqualTo(Duration.ofSeconds(42));
  }

  @Test
  void waitsForNobodyElse() throws Exception {
    assertThat(
            insert(afterBody("HTTP/1.1 500 No\r\nRetry-After: 42\r\nContent-Length: 0\r\n\r\n"))
                .retryAfter())
        .isZero();
  }

  @Test
  void goesWithoutExpectAfterA417AndComesBackToItAfterAnHour() throws Exception {
    AtomicLong nanos = new AtomicLong(1);
    try (ScriptedServer server = new ScriptedServer(KNOWS_NO_EXPECT);
        ClickHouseClient client =
            client(server.url(), SystemDefaultDnsResolver.INSTANCE, nanos::get)) {
      Outcome first = client.insert(REQUEST);
      Outcome second = client.insert(REQUEST);

      assertThat(first.kind()).isEqualTo(Kind.TRY_AGAIN);
      assertThat(first.mayBeApplied()).isFalse();
      assertThat(first.detail())
          .isEqualTo(
              "HTTP 417: the proxy knows no Expect, so requests upload their body unasked for an hour");
      assertThat(second.kind()).isEqualTo(Kind.ACCEPTED);
      assertThat(server.ended().get(0).body()).isEmpty();
      assertThat(server.ended().get(1).header("Expect")).isEmpty();
      assertThat(server.ended().get(1).body()).isEqualTo(Requests.bodyOf(REQUEST));

      nanos.addAndGet(ClickHouseClient.REFUSAL_OF_EXPECT_COUNTS.toNanos() - 2);
      assertThat(client.insert(REQUEST).kind()).isEqualTo(Kind.ACCEPTED);
      nanos.addAndGet(2);
      assertThat(client.insert(REQUEST).httpStatus()).isEqualTo(417);
      assertThat(client.insert(REQUEST).kind()).isEqualTo(Kind.ACCEPTED);
    }
  }

  /** Without Expect the body is away before the proxy says no. */
  @Test
  void doesNotRuleOutThatABodySentUnaskedWasApplied() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readHead();
                  if (connection.header("Expect").isEmpty()) {
                    connection.readBody();
                    connection.send("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
                  } else {
                    connection.send("HTTP/1.1 417 What\r\nContent-Length: 0\r\n\r\n");
                  }
                });
        ClickHouseClient client = client(server)) {
      client.insert(REQUEST);
      Outcome outcome = client.insert(REQUEST);

      assertThat(outcome.kind()).isEqualTo(Kind.TOO_EARLY);
      assertThat(outcome.mayBeApplied()).isTrue();
    }
  }

  @Test
  void isRefusedByA417ThatIsNotAboutExpect() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readHead();
                  connection.send("HTTP/1.1 417 What\r\nContent-Length: 0\r\n\r\n");
                  connection.readToEnd();
                });
        ClickHouseClient client = client(server)) {
      client.insert(REQUEST);

      assertThat(client.insert(REQUEST).kind()).isEqualTo(Kind.REFUSED);
    }
  }

  @Test
  void takes413BeforeTheBodyAsTooLargeAndUploadsNothing() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            beforeBody("HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 0\r\n\r\n"))) {
      Outcome outcome = insert(server, REQUEST);

      assertThat(outcome.kind()).isEqualTo(Kind.TOO_LARGE);
      assertThat(outcome.mayBeApplied()).isFalse();
      assertThat(server.ended().get(0).body()).isEmpty();
    }
  }

  @Test
  void doesNotRuleOutThatA503AfterTheBodyWasApplied() throws Exception {
    Outcome outcome = insert(afterBody("HTTP/1.1 503 Gone\r\nContent-Length: 0\r\n\r\n"));

    assertThat(outcome.kind()).isEqualTo(Kind.TOO_EARLY);
    assertThat(outcome.mayBeApplied()).isTrue();
  }

  @Test
  void takesAClickHouseCodeOf241AsTryAgain() throws Exception {
    Outcome outcome =
        insert(
            afterBody(
                exception(500, 241, "Code: 241. DB::Exception: Memory limit (total) exceeded.")));

    assertThat(outcome.kind()).isEqualTo(Kind.TRY_AGAIN);
    assertThat(outcome.mayBeApplied()).isTrue();
    assertThat(outcome.clickHouseCode()).isEqualTo(241);
    assertThat(outcome.httpStatus()).isEqualTo(500);
  }

  @Test
  void doesNotAccept200WithAnExceptionCode() throws Exception {
    assertThat(insert(afterBody(exception(200, 252, ""))).kind()).isEqualTo(Kind.TRY_AGAIN);
  }

  @Test
  void doesNotAccept200WithABody() throws Exception {
    Outcome outcome =
        insert(
            afterBody(
                "HTTP/1.1 200 OK\r\nX-ClickHouse-Query-Id: 1\r\nContent-Length: 7\r\n\r\nWelcome"));

    assertThat(outcome.kind()).isEqualTo(Kind.NOT_CLICKHOUSE);
    assertThat(outcome.mayBeApplied()).isTrue();
    assertThat(outcome.detail()).isEqualTo("HTTP 200, with a body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK\r\nContent-Length: 0",
        "200 OK\r\nContent-Length: 0\r\nX-ClickHouse-Query-Id: ",
        "200 OK\r\nContent-Length: 0\r\nX-ClickHouse-Summary:",
        "200 OK\r\nContent-Length: 0\r\nX-ClickHouse-Server-Display-Name: imitated",
        "201 Created\r\nX-ClickHouse-Query-Id: 1\r\nContent-Length: 0",
        "202 Accepted\r\nContent-Length: 0",
        "204 No Content\r\nX-ClickHouse-Query-Id: 1",
        "205 Reset Content\r\nContent-Length: 0",
        "206 Partial Content\r\nContent-Length: 0",
        "299 Fine\r\nContent-Length: 0",
        "302 Found\r\nLocation: /other\r\nContent-Length: 0",
        "304 Not Modified",
        "999 What\r\nContent-Length: 0"
      })
  void keepsWhatSomethingElseSaysItTook(String head) throws Exception {
    String answer = "HTTP/1.1 " + head + "\r\n\r\n";
    Outcome outcome = insert(afterBody(answer));

    assertThat(outcome.kind()).isEqualTo(Kind.NOT_CLICKHOUSE);
    assertThat(outcome.mayBeApplied()).isTrue();
    assertThat(insert(beforeBody(answer)).kind()).isEqualTo(Kind.NOT_CLICKHOUSE);
  }

  @Test
  void saysWhatSpeaksAgainstClickHouse() throws Exception {
    assertThat(insert(afterBody("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")).detail())
        .isEqualTo("HTTP 200, no header of ClickHouse's, with a body");
    assertThat(insert(beforeBody(ScriptedServer.OK)).detail())
        .isEqualTo("HTTP 200, before it had the rows");
  }

  @Test
  void doesNotAccept200BeforeTheBody() throws Exception {
    assertThat(insert(beforeBody(ScriptedServer.OK)).kind()).isEqualTo(Kind.NOT_CLICKHOUSE);
  }

  @Test
  void doesNotFollowRedirects() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            afterBody("HTTP/1.1 307 Elsewhere\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"))) {
      assertThat(insert(server, REQUEST).kind()).isEqualTo(Kind.NOT_CLICKHOUSE);
      assertThat(server.ended()).hasSize(1);
    }
  }

  @Test
  void doesNotAnswerAChallengeByItself() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            beforeBody(
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"))) {
      assertThat(insert(server, REQUEST).kind()).isEqualTo(Kind.REFUSED);
      assertThat(server.ended()).hasSize(1);
    }
  }

  @Test
  void acceptsAnAnswerWithASummaryAndAnEmptyChunkedBody() throws Exception {
    Outcome outcome =
        insert(
            afterBody(
                """
            HTTP/1.1 200 OK\r
            X-ClickHouse-Summary: {"read_rows":"7","written_rows":"42","written_bytes":"1"}\r
            Transfer-Encoding: chunked\r
            \r
            0\r
            \r
            """));

    assertThat(outcome.kind()).isEqualTo(Kind.ACCEPTED);
  }

  @Test
  void acceptsAnAnswerOnAHalfClosedConnection() throws Exception {
    assertThat(
            insert(
                    connection -> {
                      connection.readRequest();
                      connection.send(
                          "HTTP/1.1 200 OK\r\nX-ClickHouse-Query-Id: 1\r\nConnection: close\r\n\r\n");
                      connection.halfClose();
                      connection.readToEnd();
                    })
                .kind())
        .isEqualTo(Kind.ACCEPTED);
  }

  @Test
  void logsNameAndQueryOfAnErrorButNotTheValuesItQuotes() throws Exception {
    String message =
        "Code: 27. DB::Exception: Cannot parse input: /secret?a=1. (CANNOT_PARSE_INPUT_ASSERTION_FAILED) (version 26.7.3.1)";
    Outcome outcome = insert(afterBody(exception(400, 27, message)));

    assertThat(outcome.kind()).isEqualTo(Kind.REFUSED);
    assertThat(outcome.detail())
        .isEqualTo("HTTP 400, ClickHouse 27 CANNOT_PARSE_INPUT_ASSERTION_FAILED, query 0f3a-77");
  }

  @Test
  void logsTheMessageOfErrorsThatSpeakOfTheSchemaOnOneLineWithoutThePassword() throws Exception {
    String message =
        "Code: 60. DB::Exception: Table logs.http_log does not exist.\nMaybe s3cret? (UNKNOWN_TABLE) (version 26.7.3.1)";
    String detail = insert(afterBody(exception(404, 60, message))).detail();

    assertThat(detail)
        .startsWith("HTTP 404, ClickHouse 60 UNKNOWN_TABLE, query 0f3a-77: Code: 60.")
        .contains("Table logs.http_log does not exist. Maybe ***?")
        .hasSizeLessThanOrEqualTo(Outcome.MAX_DETAIL_LENGTH);
  }

  @Test
  void readsOnlyTheStartOfAnEndlessErrorMessage() throws Exception {
    Outcome outcome =
        insert(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 500 Oops\r\nX-ClickHouse-Exception-Code: 60\r\n\r\n");
              while (true) {
                connection.send("x".repeat(8192));
              }
            });

    assertThat(outcome.kind()).isEqualTo(Kind.REFUSED);
    assertThat(outcome.detail()).hasSize(Outcome.MAX_DETAIL_LENGTH).endsWith("…");
  }

  private static String exception(int status, int code, String message) {
    return """
        HTTP/1.1 %d Some\r
        X-ClickHouse-Exception-Code: %d\r
        X-ClickHouse-Query-Id: 0f3a-77\r
        Content-Length: %d\r
        \r
        %s"""
        .formatted(status, code, message.length(), message);
  }

  private static Outcome insert(ScriptedServer.Script script) throws IOException {
    try (ScriptedServer server = new ScriptedServer(script)) {
      return insert(server, REQUEST);
    }
  }

  private static Outcome insert(ScriptedServer server, InsertRequest request) throws IOException {
    try (ClickHouseClient client = client(server)) {
      return client.insert(request);
    }
  }

  private static ClickHouseClient client(ScriptedServer server) {
    return new ClickHouseClient(Requests.endpoint(server.url(), Requests.PATIENT));
  }

  private static ClickHouseClient client(URI url, DnsResolver names, LongSupplier nanoTime) {
    return new ClickHouseClient(
        Requests.endpoint(url, Requests.PATIENT),
        onAnswer -> HttpTransport.create(Requests.PATIENT, onAnswer, names, Authorities.OF_THE_JVM),
        Executors.newSingleThreadScheduledExecutor(),
        nanoTime,
        InstantSource.system());
  }
}
