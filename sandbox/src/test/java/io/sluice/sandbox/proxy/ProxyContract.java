package io.sluice.sandbox.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.capacity.ProxyRate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy of the sandbox does, be it nginx or ours. */
abstract class ProxyContract {
  private static final String OFTEN = "1000r/s";

  @TempDir Path dir;
  private TestUpstream upstream;
  private Process process;
  private int port;

  /** The command line that runs the proxy with its access log at {@code dir/access.log}. */
  abstract List<String> command(ProxyConfig config, Path dir) throws IOException;

  @BeforeEach
  void startUpstream() throws IOException {
    upstream = new TestUpstream();
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    upstream.close();
  }

  @Test
  void admitsOneRequestAndTurnsTheNextAwayWith503() throws Exception {
    start("1r/m");

    assertThat(post("/first")).startsWith("HTTP/1.1 200").endsWith("received");
    assertThat(post("/second")).startsWith("HTTP/1.1 503");

    assertThat(upstream.received())
        .extracting(TestUpstream.Received::uri)
        .containsExactly("/first");
  }

  @Test
  void readsNothingOfTheBodyOfARejectedRequestThatWaitsFor100() throws Exception {
    start("1r/m");
    post("/first");

    try (RawClient client = new RawClient(port)) {
      client.sendHead("POST", "/second", "Content-Length: 500000", "Expect: 100-continue");
      assertThat(client.head()).startsWith("HTTP/1.1 503");
    }

    AccessLog.Entry rejected = logged(2).get(1);
    assertThat(rejected.status()).isEqualTo(503);
    assertThat(rejected.requestBytes()).isLessThan(200);
  }

  @Test
  void tellsAClientThatSendsItsBodyUnaskedThatItIsRejected() throws Exception {
    start("1r/m");
    post("/first");

    assertThat(RawClient.post(port, "/second", new byte[1 << 20])).startsWith("HTTP/1.1 503");
  }

  @Test
  void admitsAgainAPeriodAfterTheLastAdmittedRequestHoweverManyWereRejected() throws Exception {
    start("60r/m");
    Duration period = ProxyRate.parse("60r/m").period();
    post("/first");

    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .until(() -> post("/again").startsWith("HTTP/1.1 200"));

    await().until(() -> count(logged(2), 200) == 2);
    List<AccessLog.Entry> entries = AccessLog.read(dir.resolve("access.log"));
    long first = startMilli(entries.get(0));
    long second = startMilli(entries.get(entries.size() - 1));
    assertThat(count(entries, 503)).isGreaterThan(3);
    // The log rounds; and the window opens when the head is read, the line starts a little earlier.
    assertThat(second - first).isBetween(period.toMillis() - 20, period.toMillis() + 400);
  }

  @Test
  void refusesATooLargeBodyWith413BeforeItIsSentAndWithoutTakingTheWindow() throws Exception {
    start("1r/m");

    try (RawClient client = new RawClient(port)) {
      client.sendHead("POST", "/", "Content-Length: 1048577", "Expect: 100-continue");
      assertThat(client.head()).startsWith("HTTP/1.1 413");
    }

    assertThat(logged(1).get(0).requestBytes()).isLessThan(200);
    assertThat(RawClient.post(port, "/limit", new byte[1 << 20])).startsWith("HTTP/1.1 200");
  }

  @Test
  void refusesATooLargeBodyOfUnknownLengthWith413() throws Exception {
    start(OFTEN);

    try (RawClient client = new RawClient(port)) {
      client.sendHead("POST", "/", "Transfer-Encoding: chunked");
      client.send("100001\r\n".getBytes(StandardCharsets.US_ASCII));
      client.send(new byte[0x100001]);
      client.send("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.answer()).startsWith("HTTP/1.1 413");
    }

    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void asksForTheBodyOnceTheRequestIsAdmitted() throws Exception {
    start("1r/m");

    try (RawClient client = new RawClient(port)) {
      client.sendHead("POST", "/", "Content-Length: 5", "Expect: 100-continue");
      assertThat(client.head()).startsWith("HTTP/1.1 100");
      client.send("hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("received");
    }

    assertThat(upstream.received().get(0).body()).isEqualTo("hello");
    assertThat(upstream.received().get(0).expect()).isEmpty();
  }

  @Test
  void passesALargeBodyOnUnchanged() throws Exception {
    byte[] body = new byte[30 << 20];
    new Random(1).nextBytes(body);
    start(OFTEN, 64 << 20, ProxyConfig.DEFAULT_UPSTREAM_TIMEOUT, upstream.port());

    assertThat(RawClient.post(port, "/", body)).startsWith("HTTP/1.1 200");

    assertThat(upstream.received().get(0).body().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(body);
  }

  @Test
  void passesAChunkedBodyOn() throws Exception {
    start(OFTEN);

    try (RawClient client = new RawClient(port)) {
      client.sendHead("POST", "/", "Transfer-Encoding: chunked");
      client.send("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.answer()).startsWith("HTTP/1.1 200");
    }

    assertThat(upstream.received().get(0).body()).isEqualTo("hello world");
  }

  @Test
  void passesUrlAndAnswerOnAsTheyAre() throws Exception {
    start(OFTEN);

    String answer = post("/refuse?query=INSERT%20INTO%20t%2B&async_insert=0");

    assertThat(upstream.received().get(0).uri())
        .isEqualTo("/refuse?query=INSERT%20INTO%20t%2B&async_insert=0");
    assertThat(answer)
        .startsWith("HTTP/1.1 404")
        .containsIgnoringCase("\r\nX-ClickHouse-Exception-Code: 60\r\n")
        .endsWith("received");
  }

  @Test
  void passesARequestWithoutBodyOn() throws Exception {
    start(OFTEN);

    try (RawClient client = new RawClient(port)) {
      client.sendHead("GET", "/ping");
      assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("received");
    }

    assertThat(upstream.received().get(0).method()).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
  void handsOverNoPartOfABodyAsAWholeWhenTheClientDies(String framing) throws Exception {
    start(OFTEN);

    try (RawClient client = new RawClient(port)) {
      client.sendHead("POST", "/", framing);
      client.send("10000\r\n".getBytes(StandardCharsets.US_ASCII));
      client.send(new byte[0x10000]);
    }

    assertThat(logged(1).get(0).status()).isEqualTo(400);
    // The next request overtakes nothing: what was to arrive has arrived by now.
    post("/next");
    assertThat(upstream.received()).extracting(TestUpstream.Received::uri).containsExactly("/next");
  }

  @Test
  void answers502WhileTheServerIsDown() throws Exception {
    int nobody = freePort();
    start(OFTEN, 1 << 20, ProxyConfig.DEFAULT_UPSTREAM_TIMEOUT, nobody);

    assertThat(post("/")).startsWith("HTTP/1.1 502");
  }

  @Test
  void answers504WhenTheServerIsSilent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      start(OFTEN, 1 << 20, Duration.ofMillis(300), silent.getLocalPort());

      assertThat(post("/")).startsWith("HTTP/1.1 504");
    }
  }

  @Test
  void logsEachRequestWithStatusSizeAndToken() throws Exception {
    start("1r/m");

    RawClient.post(port, "/?insert_deduplication_token=4f0c-1&async_insert=0", new byte[5000]);
    post("/");

    List<AccessLog.Entry> entries = logged(2);
    assertThat(entries).extracting(AccessLog.Entry::status).containsExactly(200, 503);
    assertThat(entries).extracting(AccessLog.Entry::token).containsExactly("4f0c-1", "-");
    assertThat(entries).extracting(AccessLog.Entry::method).containsOnly("POST");
    assertThat(entries.get(0).requestBytes()).isBetween(5000L, 5300L);
    assertThat(System.currentTimeMillis() - entries.get(0).endEpochMilli()).isBetween(-5L, 60_000L);
  }

  @Test
  void leavesNobodyOnThePortWhenKilled() throws Exception {
    start(OFTEN);

    process.destroyForcibly().onExit().join();

    await().until(() -> !accepts(port));
  }

  private void start(String rate) throws Exception {
    start(
        rate,
        ProxyConfig.DEFAULT_MAX_BODY_BYTES,
        ProxyConfig.DEFAULT_UPSTREAM_TIMEOUT,
        upstream.port());
  }

  private void start(String rate, long maxBodyBytes, Duration timeout, int upstreamPort)
      throws Exception {
    port = freePort();
    Path output = dir.resolve("output.log");
    process =
        new ProcessBuilder(
                command(
                    new ProxyConfig(
                        port, upstreamPort, ProxyRate.parse(rate), maxBodyBytes, timeout),
                    dir))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
              return accepts(port);
            });
  }

  private String post(String uri) throws IOException {
    return RawClient.post(port, uri, new byte[] {1});
  }

  /** The log, once it has so many lines: a line is written after the answer. */
  private List<AccessLog.Entry> logged(int count) {
    return await()
        .until(() -> AccessLog.read(dir.resolve("access.log")), log -> log.size() >= count);
  }

  private static long count(List<AccessLog.Entry> entries, int status) {
    return entries.stream().filter(entry -> entry.status() == status).count();
  }

  private static long startMilli(AccessLog.Entry entry) {
    return entry.endEpochMilli() - entry.durationMilli();
  }

  private static boolean accepts(int port) {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
