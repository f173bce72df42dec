package io.sluice.sandbox.metrics;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A real Prometheus on 127.0.0.1 with the repository's configuration, in front of a stack; see
 * {@link ScrapeConfig}. It ends with this JVM at the latest.
 */
public final class PrometheusProcess implements AutoCloseable {
  /** {@code .ci/prometheus} says so if there is none, and no way to get one. */
  private static final int THERE_IS_NONE = 3;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final Thread atExit = new Thread(this::kill, "end prometheus");

  private PrometheusProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Where the program is; empty if this machine has none. */
  public static Optional<Path> program() throws Exception {
    Process script =
        new ProcessBuilder(Home.find().root().resolve(".ci/prometheus").toString(), "prometheus")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String path = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = script.waitFor();
    if (status != 0 && status != THERE_IS_NONE) {
      throw new IOException(".ci/prometheus ended with " + status);
    }
    return status == 0 ? Optional.of(Path.of(path.strip())) : Optional.empty();
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param folder for configuration, data and log
   * @param ports of the stack
   */
  public static PrometheusProcess start(Path program, Path folder, Ports ports) throws Exception {
    int port = freePort();
    Files.createDirectories(folder);
    Path rules = Home.find().root().resolve("monitoring/prometheus");
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, ScrapeConfig.read(rules).of(ports, port));
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    PrometheusProcess prometheus = new PrometheusProcess(process, port);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("prometheus.log")));
              }
              return prometheus.isReady();
            });
    return prometheus;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return send("/-/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The series of an expression by now, as the HTTP API gives them. */
  public List<JsonNode> query(String expression) {
    return list(data("/api/v1/query?query=" + encoded(expression)).path("result"));
  }

  /** The one value of an expression that has one series. */
  public double value(String expression) {
    List<JsonNode> series = query(expression);
    if (series.size() != 1) {
      throw new AssertionError(expression + " has not one series but " + series);
    }
    return series.get(0).path("value").path(1).asDouble();
  }

  /** The values that a label has among the series of a selector. */
  public List<String> labelValues(String label, String selector) {
    return list(data("/api/v1/label/" + label + "/values?match[]=" + encoded(selector))).stream()
        .map(JsonNode::asText)
        .toList();
  }

  /** All rules, of alerts and of recordings. */
  public List<JsonNode> rules() {
    return list(data("/api/v1/rules").path("groups")).stream()
        .flatMap(group -> list(group.path("rules")).stream())
        .toList();
  }

  private JsonNode data(String path) {
    try {
      JsonNode answer = json.readTree(send(path).body());
      if (!answer.path("status").asText().equals("success")) {
        throw new AssertionError(answer.path("error").asText());
      }
      return answer.path("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private java.net.http.HttpResponse<String> send(String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path.replace("[]", "%5B%5D"));
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
        BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    kill();
  }
}
