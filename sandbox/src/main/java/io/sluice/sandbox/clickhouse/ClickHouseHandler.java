package io.sluice.sandbox.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * ClickHouse's HTTP interface, as far as Sluice and its tools use it:
 *
 * <ul>
 *   <li>{@code POST /?query=INSERT … FORMAT x} with the data as body, streamed;
 *   <li>{@code POST /} with the statement as body, or begun in {@code query} and continued there;
 *   <li>{@code GET /?query=SELECT …}, which may not write;
 *   <li>{@code GET /ping}.
 * </ul>
 *
 * <p>Each request has a session to itself, with the settings it brings. {@code
 * X-ClickHouse-Summary} is not sent: the engine counts a view's rows, and those of a repeated
 * insert that it dropped, as written.
 */
final class ClickHouseHandler implements HttpHandler {
  /** Statements are small; a body beyond this is data that was sent without FORMAT in the URL. */
  private static final int MAX_STATEMENT_BYTES = 16 << 20;

  private final ChdbEngine engine;
  private final List<Credentials> accounts;

  ClickHouseHandler(ChdbEngine engine, List<Credentials> accounts) {
    this.engine = engine;
    this.accounts = List.copyOf(accounts);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().equals("/ping")) {
        answer(exchange, 200, "Ok.\n");
        return;
      }
      try {
        execute(exchange);
      } catch (ClickHouseException e) {
        // A proxy that is still sending would take an early answer for a broken connection.
        drain(exchange);
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", "" + e.code());
        answer(exchange, e.status(), e.getMessage() + "\n");
      }
    }
  }

  private void execute(HttpExchange exchange) throws IOException, ClickHouseException {
    RequestParameters parameters = RequestParameters.parse(exchange.getRequestURI().getRawQuery());
    String queryId = parameters.get("query_id").orElseGet(() -> UUID.randomUUID().toString());
    exchange.getResponseHeaders().set("X-ClickHouse-Query-Id", queryId);
    Credentials.check(accounts, exchange.getRequestHeaders(), parameters);
    String query = parameters.get("query").orElse("");
    Optional<InsertStatement> insert = InsertStatement.parse(query);
    if (insert.isPresent()) {
      inSession(
          exchange,
          parameters,
          session ->
              read(
                  exchange,
                  body -> {
                    session.insert(insert.get(), body);
                    return null;
                  }));
      answer(exchange, 200, "");
      return;
    }
    String rest = read(exchange, ClickHouseHandler::text);
    String statement = query.isEmpty() ? rest : query + "\n" + rest;
    String format = parameters.get("default_format").orElse("TabSeparated");
    try (ChdbResult result =
        inSession(exchange, parameters, session -> session.query(statement, format))) {
      sendHead(exchange, 200, result.lengthBytes());
      result.writeTo(exchange.getResponseBody());
    }
  }

  private <T> T inSession(
      HttpExchange exchange, RequestParameters parameters, ChdbEngine.Use<T> use)
      throws IOException, ClickHouseException {
    // As ClickHouse's server does: a GET changes nothing but its own settings.
    return engine.inSession(
        exchange.getRequestMethod().equals("GET"),
        session -> {
          Optional<String> database = parameters.get("database");
          if (database.isPresent()) {
            session.use(database.get());
          }
          session.set(parameters.settings());
          return use.in(session);
        });
  }

  /** What is made of a body. */
  private interface BodyReader<T> {
    T read(InputStream body) throws IOException, ClickHouseException;
  }

  /**
   * Reads the decoded body. A body that is all there and cannot be decoded is the client's error;
   * one that is not all there has no client to be told.
   */
  private static <T> T read(HttpExchange exchange, BodyReader<T> reader)
      throws IOException, ClickHouseException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    try (InputStream body = RequestBody.decode(exchange.getRequestBody(), encoding)) {
      return reader.read(body);
    } catch (IOException e) {
      drain(exchange);
      throw ClickHouseException.of(
          561, "ZSTD_DECODER_FAILED", "the body cannot be decoded: " + e.getMessage());
    }
  }

  private static String text(InputStream body) throws IOException, ClickHouseException {
    byte[] bytes = body.readNBytes(MAX_STATEMENT_BYTES + 1);
    if (bytes.length > MAX_STATEMENT_BYTES) {
      throw ClickHouseException.of(
          229,
          "QUERY_IS_TOO_LARGE",
          "a statement of more than " + MAX_STATEMENT_BYTES + " bytes; data needs FORMAT in query");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void drain(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    sendHead(exchange, status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void sendHead(HttpExchange exchange, int status, long bodyBytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
    // For the JDK's server 0 means chunked, -1 means none.
    exchange.sendResponseHeaders(status, bodyBytes == 0 ? -1 : bodyBytes);
  }
}
