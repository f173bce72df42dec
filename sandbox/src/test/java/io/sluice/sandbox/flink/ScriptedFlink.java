package io.sluice.sandbox.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers on Flink's REST port what a test wants it to; what has no answer is a page of HTML. */
final class ScriptedFlink implements AutoCloseable {
  private record Answer(int status, String contentType, String body) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  ScriptedFlink(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void answerJson(String path, int status, String body) {
    answers.put(path, new Answer(status, "application/json; charset=UTF-8", body));
  }

  private void answer(HttpExchange exchange) throws IOException {
    Answer answer =
        answers.getOrDefault(
            exchange.getRequestURI().getPath(),
            new Answer(404, "text/html", "<html>not found</html>"));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
