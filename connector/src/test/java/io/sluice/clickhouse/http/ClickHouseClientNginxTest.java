package io.sluice.clickhouse.http;

import static io.sluice.clickhouse.http.ScriptedServer.afterBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy as it is: real nginx, with its rate limit and its size limit. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ClickHouseClientNginxTest {
  private static final InsertRequest REQUEST = Requests.ofFrames(10, 100_000);

  @TempDir Path directory;

  @Test
  void isTooEarlyWithinTheWindowAndUploadsNothing() throws Exception {
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx = new NginxProxy(directory, clickHouse.port());
        ClickHouseClient client =
            new ClickHouseClient(Requests.endpoint(nginx.url(), Requests.PATIENT))) {
      Outcome first = client.insert(REQUEST);
      Outcome second = client.insert(REQUEST);

      assertThat(first.kind()).isEqualTo(Kind.ACCEPTED);
      assertThat(second.kind()).isEqualTo(Kind.TOO_EARLY);
      assertThat(second.mayBeApplied()).isFalse();
      List<String> log = nginx.accessLog(2);
      assertThat(log.get(0)).startsWith("200 ");
      assertThat(bytesTaken(log.get(0))).isGreaterThan(REQUEST.contentLength());
      assertThat(log.get(1)).startsWith("503 ");
      // What nginx took in of the second is the first's head, and nothing else.
      assertThat(bytesTaken(log.get(1)))
          .isEqualTo(bytesTaken(log.get(0)) - REQUEST.contentLength());
    }
  }

  @Test
  void passesBodyTokenAndCredentialsThroughUnchanged() throws Exception {
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx = new NginxProxy(directory, clickHouse.port());
        ClickHouseClient client =
            new ClickHouseClient(Requests.endpoint(nginx.url(), Requests.PATIENT))) {
      client.insert(REQUEST);

      ScriptedServer.Connection received = clickHouse.ended().get(0);
      assertThat(received.body()).isEqualTo(Requests.bodyOf(REQUEST));
      assertThat(received.head()).startsWith("POST /?" + REQUEST.urlQuery() + " HTTP/1.");
      assertThat(received.header("Content-Encoding")).isEqualTo("zstd");
      assertThat(received.header("X-ClickHouse-Key")).isEqualTo("s3cret");
    }
  }

  @Test
  void isTooLargeAboveTheProxysLimitWhichCostsNeitherUploadNorWindow() throws Exception {
    InsertRequest tooLarge = Requests.ofFrames(1, (1 << 20) + 1);
    InsertRequest largest = Requests.ofFrames(1, 1 << 20);
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx = new NginxProxy(directory, clickHouse.port());
        ClickHouseClient client =
            new ClickHouseClient(Requests.endpoint(nginx.url(), Requests.PATIENT))) {
      Outcome refused = client.insert(tooLarge);
      Outcome accepted = client.insert(largest);

      assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE);
      assertThat(refused.mayBeApplied()).isFalse();
      assertThat(bytesTaken(nginx.accessLog(2).get(0))).isLessThan(10_000);
      assertThat(accepted.kind()).isEqualTo(Kind.ACCEPTED);
    }
  }

  @Test
  void triesAgainWhenClickHouseIsDown() throws Exception {
    ScriptedServer gone = new ScriptedServer(ScriptedServer.ACCEPT);
    gone.close();
    try (NginxProxy nginx = new NginxProxy(directory, gone.port());
        ClickHouseClient client =
            new ClickHouseClient(Requests.endpoint(nginx.url(), Requests.PATIENT))) {
      Outcome outcome = client.insert(REQUEST);

      assertThat(outcome.kind()).isEqualTo(Kind.TRY_AGAIN);
      assertThat(outcome.httpStatus()).isEqualTo(502);
      assertThat(outcome.mayBeApplied()).isTrue();
    }
  }

  @Test
  void storesThroughAProxyThatKnowsNoExpect() throws Exception {
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx =
            new NginxProxy(
                directory,
                "if ($http_expect) { return 417; } proxy_pass http://127.0.0.1:%d;"
                    .formatted(clickHouse.port()));
        ClickHouseClient client =
            new ClickHouseClient(Requests.endpoint(nginx.url(), Requests.PATIENT))) {
      Outcome first = client.insert(REQUEST);
      Outcome second = client.insert(REQUEST);

      assertThat(first.httpStatus()).isEqualTo(417);
      assertThat(first.mayBeApplied()).isFalse();
      assertThat(second.kind()).isEqualTo(Kind.ACCEPTED);
      assertThat(clickHouse.ended().get(0).body()).isEqualTo(Requests.bodyOf(REQUEST));
    }
  }

  /** nginx reads on after an early answer, so that the answer is not lost in a reset. */
  @Test
  void isTooEarlyWithoutExpectToo() throws Exception {
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx =
            new NginxProxy(
                directory,
                """
                if ($http_expect) { return 417; }
                limit_req zone=ch-limit;
                proxy_pass http://127.0.0.1:%d;
                """
                    .formatted(clickHouse.port()));
        ClickHouseClient client =
            new ClickHouseClient(Requests.endpoint(nginx.url(), Requests.PATIENT))) {
      client.insert(REQUEST);
      assertThat(client.insert(REQUEST).kind()).isEqualTo(Kind.ACCEPTED);

      Outcome early = client.insert(REQUEST);

      assertThat(early.kind()).isEqualTo(Kind.TOO_EARLY);
      assertThat(early.mayBeApplied()).isTrue();
    }
  }

  /** All that nginx has to make of a request what is not stored and looks well. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "return 200;",
        "return 204;",
        "return 302 /elsewhere;",
        "error_page 502 =200 @empty; proxy_pass http://127.0.0.1:$GONE;",
        "error_page 502 =204 @empty; proxy_pass http://127.0.0.1:$GONE;",
        // Of what ClickHouse refuses.
        "proxy_intercept_errors on; error_page 500 =200 @empty; proxy_pass http://127.0.0.1:$BROKEN;",
        // ClickHouse's own 200, made unrecognisable.
        "proxy_hide_header X-ClickHouse-Query-Id; proxy_pass http://127.0.0.1:$CLICKHOUSE;"
      })
  void keepsWhatNginxAcceptsInClickHousesPlace(String location) throws Exception {
    ScriptedServer gone = new ScriptedServer(ScriptedServer.ACCEPT);
    gone.close();
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        ScriptedServer broken =
            new ScriptedServer(
                afterBody(
                    "HTTP/1.1 500 No\r\nX-ClickHouse-Exception-Code: 60\r\nContent-Length: 0\r\n\r\n"));
        NginxProxy nginx =
            new NginxProxy(
                directory,
                location
                    .replace("$GONE", "" + gone.port())
                    .replace("$BROKEN", "" + broken.port())
                    .replace("$CLICKHOUSE", "" + clickHouse.port()));
        ClickHouseClient client =
            new ClickHouseClient(Requests.endpoint(nginx.url(), Requests.PATIENT))) {
      Outcome outcome = client.insert(REQUEST);

      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Kind.NOT_CLICKHOUSE);
      assertThat(outcome.mayBeApplied()).isTrue();
    }
  }

  private static long bytesTaken(String logLine) {
    return Long.parseLong(logLine.substring(logLine.indexOf(' ') + 1));
  }
}
