package io.sluice.clickhouse.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * An HTTP endpoint for faults on demand that a real ClickHouse cannot be made to show: it turns
 * requests away, or takes one and never answers. It keeps what it got.
 */
public final class FakeClickHouse implements AutoCloseable {
  /** A request as it came: its token and its body, byte for byte. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Request(String token, byte[] body) {}

  public enum Mode {
    /** Answers 200, as ClickHouse does. */
    STORE,
    /** Answers 503 without a ClickHouse code, as the proxy does before its window opens. */
    TURN_AWAY,
    /** Takes the body and keeps the client waiting. */
    HANG
  }

  private static final String TOKEN = "insert_deduplication_token=";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> stored = new ArrayList<>();
  private final List<Request> hanging = new ArrayList<>();
  private Mode mode = Mode.STORE;
  private int turnedAway;

  public FakeClickHouse() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public synchronized void mode(Mode mode) {
    this.mode = mode;
  }

  public synchronized List<Request> stored() {
    return List.copyOf(stored);
  }

  public synchronized List<Request> hanging() {
    return List.copyOf(hanging);
  }

  public synchronized int turnedAway() {
    return turnedAway;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Request request =
        new Request(token(exchange.getRequestURI()), exchange.getRequestBody().readAllBytes());
    switch (record(request)) {
      case STORE -> {
        exchange.getResponseHeaders().set("X-ClickHouse-Query-Id", "0f3a-77");
        exchange.sendResponseHeaders(200, -1);
      }
      case TURN_AWAY -> exchange.sendResponseHeaders(503, -1);
      case HANG -> awaitClose();
    }
    exchange.close();
  }

  private synchronized Mode record(Request request) {
    switch (mode) {
      case STORE -> stored.add(request);
      case TURN_AWAY -> turnedAway++;
      case HANG -> hanging.add(request);
    }
    return mode;
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String token(URI uri) {
    return Pattern.compile("&")
        .splitAsStream(uri.getRawQuery())
        .filter(parameter -> parameter.startsWith(TOKEN))
        .map(token -> URLDecoder.decode(token.substring(TOKEN.length()), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
