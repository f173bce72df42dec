package io.sluice.sandbox.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/flink/healthcheck.sh} in front of what Flink's REST answers. */
class HealthcheckTest {
  private static final Path SCRIPT = Path.of("..", "deploy", "flink", "healthcheck.sh");

  @ParameterizedTest
  @CsvSource({
    "RUNNING,    1, 1, true",
    "RUNNING,    2, 2, true",
    "RUNNING,   12, 12, true",
    // Without a TaskManager, with one of two, and before there are tasks.
    "RUNNING,    1, 0, false",
    "RUNNING,    2, 1, false",
    "RUNNING,   12, 1, false",
    "RUNNING,    0, 0, false",
    "RESTARTING, 1, 1, false",
    "FAILED,     1, 0, false",
  })
  void theJobManagerIsHealthyWhileAllTasksOfTheJobRun(
      String state, int total, int running, boolean healthy) throws Exception {
    assertThat(isHealthy("{\"jobs\":[" + job(state, total, running) + "]}")).isEqualTo(healthy);
  }

  @Test
  void aJobThatHasEndedDoesNotMatterBesideOneThatRuns() throws Exception {
    String ended = job("CANCELED", 2, 0);

    assertThat(isHealthy("{\"jobs\":[" + ended + "," + job("RUNNING", 1, 1) + "]}")).isTrue();
    assertThat(isHealthy("{\"jobs\":[" + ended + "," + job("RUNNING", 1, 0) + "]}")).isFalse();
    assertThat(isHealthy("{\"jobs\":[" + job("RUNNING", 1, 0) + "," + ended + "]}")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'{\"jobs\":[]}'", "'<html>starting</html>'", "''"})
  void withoutAJobItIsNotHealthy(String answer) throws Exception {
    assertThat(isHealthy(answer)).isFalse();
  }

  @Test
  void withoutAnAnswerItIsNotHealthy() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    assertThat(exitCode(port)).isNotZero();
  }

  /** As Flink 2.2 writes it. */
  private static String job(String state, int total, int running) {
    return "{\"jid\":\"1b1013d00065918bccfe3137392762ce\",\"name\":\"sluice\",\"start-time\":1,"
        + "\"end-time\":-1,\"duration\":2,\"state\":\"%s\",\"last-modification\":3,"
            .formatted(state)
        + "\"tasks\":{\"total\":%d,\"created\":0,\"scheduled\":%d,\"deploying\":0,\"running\":%d,"
            .formatted(total, total - running, running)
        + "\"finished\":0,\"canceling\":0,\"canceled\":0,\"failed\":0,\"reconciling\":0,"
        + "\"initializing\":0},\"pending-operators\":0}";
  }

  private static boolean isHealthy(String answer) throws Exception {
    HttpServer flink =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flink.createContext(
        "/jobs/overview",
        exchange -> {
          try (exchange) {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    flink.start();
    try {
      return exitCode(flink.getAddress().getPort()) == 0;
    } finally {
      flink.stop(0);
    }
  }

  private static int exitCode(int port) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", SCRIPT.toString(), "jobmanager", Integer.toString(port))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
