package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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

/** The server as a process: what it leaves behind, and how it ends. */
class ChdbLifecycleIT {
  @TempDir static Path dir;
  private static ChdbProcess server;

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
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

  private static HttpResponse<String> post(String statement) throws IOException {
    return server.post(server.url("/", Map.of()), statement.getBytes(StandardCharsets.UTF_8));
  }

  private static long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + server.pid() + "/task"))) {
      return tasks.count();
    }
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
}
