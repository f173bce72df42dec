package io.sluice.clickhouse.http;

import static io.sluice.clickhouse.http.ScriptedServer.afterBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that end without an answer, or would not end at all. */
@Timeout(value = 15, threadMode = ThreadMode.SEPARATE_THREAD)
class ClickHouseClientFailureTest {
  /** More than the socket buffers of both sides take in. */
  private static final InsertRequest LARGE = Requests.ofFrames(32, 1 << 20);

  private static final InsertRequest REQUEST = Requests.ofFrames(3, 50_000);

  @Test
  void sendsTheBodyAnywayWhenNobodyAnswers100() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readHead();
              connection.readBody();
              connection.send(ScriptedServer.OK);
            })) {
      assertThat(insert(server, REQUEST).kind()).isEqualTo(Kind.ACCEPTED);
      assertThat(server.ended().get(0).body()).isEqualTo(Requests.bodyOf(REQUEST));
    }
  }

  @Test
  void doesNotKnowTheFateAfterAResetInTheMiddleOfTheBody() throws Exception {
    assertUnknownFate(
        insert(
            connection -> {
              connection.readHead();
              connection.sendContinue();
              connection.readBytes(100_000);
              connection.reset();
            },
            LARGE));
  }

  @Test
  void doesNotKnowTheFateWhenTheConnectionClosesInsteadOfAnAnswer() throws Exception {
    Outcome outcome = insert(ScriptedServer.Connection::readRequest);

    assertUnknownFate(outcome);
    assertThat(outcome.detail()).startsWith("connection cut");
  }

  @Test
  void doesNotKnowTheFateWhenA200BreaksOff() throws Exception {
    assertUnknownFate(
        insert(
            afterBody(
                "HTTP/1.1 200 OK\r\nX-ClickHouse-Query-Id: 1\r\nTransfer-Encoding: chunked\r\n\r\n")));
  }

  @Test
  void doesNotKnowTheFateWhenNothingComesBut1xx() throws Exception {
    assertUnknownFate(
        insert(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n");
              connection.hang();
            }));
  }

  @Test
  void doesNotTakeASwitchOfProtocolsForAnAnswer() throws Exception {
    Outcome outcome =
        insert(
            afterBody(
                "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nX-ClickHouse-Query-Id: 1\r\n\r\n"));

    assertThat(outcome.kind()).isIn(Kind.NOT_CLICKHOUSE, Kind.TRY_AGAIN);
    assertThat(outcome.mayBeApplied()).isTrue();
  }

  @Test
  void timesOutWhenTheAnswerDoesNotCome() throws Exception {
    Outcome outcome =
        insert(
            connection -> {
              connection.readRequest();
              connection.hang();
            });

    assertUnknownFate(outcome);
    assertThat(outcome.detail()).startsWith("timed out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Drip: 1\r\n", "X"})
  void cutsOffAServerThatTricklesItsHeaders(String drip) throws Exception {
    Outcome outcome =
        insert(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\n");
              connection.trickle(drip);
            });

    assertUnknownFate(outcome);
    assertThat(outcome.detail()).startsWith("timed out");
  }

  @Test
  void keepsTheCodeOfAnErrorWhoseMessageTrickles() throws Exception {
    Outcome outcome =
        insert(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 500 Oops\r\nX-ClickHouse-Exception-Code: 60\r\n\r\n");
              connection.trickle(".");
            });

    assertThat(outcome.kind()).isEqualTo(Kind.REFUSED);
    assertThat(outcome.clickHouseCode()).isEqualTo(60);
  }

  @Test
  void cutsOffAServerThatTakesNoneOfTheBody() throws Exception {
    Outcome outcome =
        insert(
            connection -> {
              connection.readHead();
              connection.sendContinue();
              connection.hang();
            },
            LARGE);

    assertUnknownFate(outcome);
    assertThat(outcome.detail()).startsWith("timed out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 what\r\n\r\n", "\u0000\u0001\u0002"})
  void triesAgainWhenTheAnswerIsNotHttp(String garbage) throws Exception {
    Outcome outcome = insert(afterBody(garbage));

    assertUnknownFate(outcome);
    assertThat(outcome.detail()).doesNotContain("SSH").doesNotContain("what");
  }

  @Test
  void endsOnAHeaderLineWithoutEnd() throws Exception {
    Outcome outcome =
        insert(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nX-Long: ");
              while (true) {
                connection.send("x".repeat(8192));
              }
            });

    assertUnknownFate(outcome);
    assertThat(outcome.detail()).startsWith("answer is not HTTP");
  }

  @Test
  void knowsThatNothingWasAppliedWhenTheConnectionIsRefused() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + freePort);
    try (ClickHouseClient client =
        new ClickHouseClient(Requests.endpoint(nobody, Requests.SHORT))) {
      Outcome outcome = client.insert(REQUEST);

      assertThat(outcome.kind()).isEqualTo(Kind.TRY_AGAIN);
      assertThat(outcome.mayBeApplied()).isFalse();
      assertThat(outcome.detail()).startsWith("cannot connect");
    }
  }

  @Test
  void knowsThatNothingWasAppliedWhenTheServerHangsUpInTheTlsHandshake() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Connection::reset);
        ClickHouseClient client =
            new ClickHouseClient(
                Requests.endpoint(
                    URI.create("https://127.0.0.1:" + server.port()), Requests.SHORT))) {
      Outcome outcome = client.insert(REQUEST);

      assertThat(outcome.kind()).isEqualTo(Kind.TRY_AGAIN);
      assertThat(outcome.mayBeApplied()).isFalse();
    }
  }

  @Test
  void closeLeavesTheFateOfARequestUnknownThatWasUploaded() throws Exception {
    CountDownLatch bodyArrived = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readRequest();
              bodyArrived.countDown();
              connection.readToEnd();
            })) {
      ClickHouseClient client =
          new ClickHouseClient(Requests.endpoint(server.url(), Requests.PATIENT));
      CompletableFuture<Outcome> inFlight =
          CompletableFuture.supplyAsync(() -> client.insert(REQUEST));
      bodyArrived.await();
      assertThatIllegalStateException().isThrownBy(() -> client.insert(REQUEST));

      client.close();

      Outcome aborted = inFlight.get(5, TimeUnit.SECONDS);
      assertUnknownFate(aborted);
      assertThat(aborted.detail()).startsWith("aborted");
    }
  }

  @Test
  void closeEndsTheRequestInFlightAndLaterOnesAreNotSent() throws Exception {
    CountDownLatch headArrived = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readHead();
              headArrived.countDown();
              connection.readToEnd();
            })) {
      ClickHouseClient client =
          new ClickHouseClient(Requests.endpoint(server.url(), Requests.PATIENT));
      CompletableFuture<Outcome> inFlight =
          CompletableFuture.supplyAsync(() -> client.insert(REQUEST));
      headArrived.await();

      client.close();

      Outcome aborted = inFlight.get(5, TimeUnit.SECONDS);
      assertThat(aborted.kind()).isEqualTo(Kind.TRY_AGAIN);
      assertThat(aborted.mayBeApplied()).isFalse();
      assertThat(client.insert(REQUEST).detail()).contains("client is closed");
      assertThat(server.ended()).hasSize(1);
    }
  }

  private static void assertUnknownFate(Outcome outcome) {
    assertThat(outcome.kind()).isEqualTo(Kind.TRY_AGAIN);
    assertThat(outcome.mayBeApplied()).isTrue();
    assertThat(outcome.httpStatus()).isZero();
  }

  private static Outcome insert(ScriptedServer.Script script) throws IOException {
    return insert(script, REQUEST);
  }

  private static Outcome insert(ScriptedServer.Script script, InsertRequest request)
      throws IOException {
    try (ScriptedServer server = new ScriptedServer(script)) {
      return insert(server, request);
    }
  }

  private static Outcome insert(ScriptedServer server, InsertRequest request) throws IOException {
    try (ClickHouseClient client =
        new ClickHouseClient(Requests.endpoint(server.url(), Requests.SHORT))) {
      return client.insert(request);
    }
  }
}
