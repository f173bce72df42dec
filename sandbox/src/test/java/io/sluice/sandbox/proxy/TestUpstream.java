package io.sluice.sandbox.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server behind the proxy: keeps what arrived whole, and answers like a ClickHouse would. */
final class TestUpstream implements AutoCloseable {
  /**
   * One request.
   *
   * @param body a character per byte
   */
  record Received(String method, String uri, List<String> expect, String body) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  TestUpstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getOrDefault("Expect", List.of()),
              new String(body, StandardCharsets.ISO_8859_1)));
      byte[] answer = "received".getBytes(StandardCharsets.UTF_8);
      boolean refuses = exchange.getRequestURI().getPath().equals("/refuse");
      if (refuses) {
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", "60");
      }
      exchange.sendResponseHeaders(refuses ? 404 : 200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The requests whose bodies arrived to their end. */
  List<Received> received() {
    return received;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
