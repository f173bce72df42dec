package io.sluice.sandbox.clickhouse;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link ChdbServer} in a JVM of its own, as the sandbox runs it, and a client of it. */
public final class ChdbProcess implements AutoCloseable {
  private static final Path CACHE =
      Path.of(
          System.getProperty(
              "sluice.cache",
              Path.of(System.getProperty("user.home"), ".cache", "sluice").toString()));

  /** Nothing may depend on the server's time zone, so that of the tests is an odd one. */
  private static final ZoneId NOT_UTC = ZoneId.of("Asia/Kathmandu");

  /** What the job sends with every INSERT, but for the token. */
  static final Map<String, String> INSERT_SETTINGS =
      Map.ofEntries(
          Map.entry("async_insert", "0"),
          Map.entry("insert_deduplicate", "1"),
          Map.entry("deduplicate_blocks_in_dependent_materialized_views", "1"),
          Map.entry("max_insert_block_size", "1000000000"),
          Map.entry("min_insert_block_size_rows", "1000000000"),
          Map.entry("min_insert_block_size_bytes", "0"),
          Map.entry("max_insert_threads", "1"),
          Map.entry("max_partitions_per_insert_block", "0"),
          Map.entry("optimize_on_insert", "0"),
          Map.entry("input_format_skip_unknown_fields", "0"),
          Map.entry("wait_end_of_query", "1"));

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path dir;
  private final ZoneId zone;
  private final List<String> extraArguments;
  private final int port;
  private Process process;

  private ChdbProcess(Path dir, ZoneId zone, int port, List<String> extraArguments) {
    this.dir = dir;
    this.zone = zone;
    this.port = port;
    this.extraArguments = extraArguments;
  }

  public static ChdbProcess start(Path dir, String... extraArguments) throws Exception {
    return startIn(NOT_UTC, dir, extraArguments);
  }

  /** As a machine in that time zone would. */
  static ChdbProcess startIn(ZoneId zone, Path dir, String... extraArguments) throws Exception {
    ChdbProcess server = new ChdbProcess(dir, zone, freePort(), List.of(extraArguments));
    server.start();
    return server;
  }

  /** Starts it on the data that is there. */
  void start() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ChdbServer.HEAP_OPTION,
                "-cp",
                System.getProperty("java.class.path"),
                ChdbServer.class.getName(),
                "--port",
                Integer.toString(port),
                "--data",
                dir.resolve("data").toString(),
                "--library",
                ChdbLibrary.ensure(CACHE, System.out::println).toString()));
    command.addAll(extraArguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("TZ", zone.getId());
    process = builder.start();
    await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).until(this::answers);
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the server died: " + logText());
    }
    try {
      return get(url("/ping", Map.of())).body().equals("Ok.\n");
    } catch (IOException e) {
      return false;
    }
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  long pid() {
    return process.pid();
  }

  public int port() {
    return port;
  }

  Process process() {
    return process;
  }

  Path log() {
    return dir.resolve("server.log");
  }

  String logText() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&", "?", ""));
    return URI.create("http://127.0.0.1:" + port + path + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Posts a statement and returns what it printed, without the last line end. */
  public String sql(String statement) throws IOException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(url("/", Map.of()))
                .POST(body(statement.getBytes(StandardCharsets.UTF_8))));
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + ": " + response.body());
    }
    return response.body().stripTrailing();
  }

  /** The bytes of a SELECT in some format. */
  byte[] select(String statement, String format) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url("/", Map.of("default_format", format)))
            .POST(body(statement.getBytes(StandardCharsets.UTF_8)))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  HttpResponse<String> get(URI url) throws IOException {
    return send(HttpRequest.newBuilder(url).GET());
  }

  HttpResponse<String> post(URI url, byte[] data, String... headers) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(body(data));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** The URL of an INSERT as the job sends it. */
  URI insertUrl(String table, String format, String token) {
    Map<String, String> parameters = new LinkedHashMap<>(INSERT_SETTINGS);
    parameters.put("insert_deduplication_token", token);
    parameters.put("query", "INSERT INTO " + table + " FORMAT " + format);
    return url("/", parameters);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(
          request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  static HttpRequest.BodyPublisher body(byte[] data) {
    return HttpRequest.BodyPublishers.ofByteArray(data);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
