package io.sluice.ops.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Statements straight to ClickHouse over HTTP, past the proxy: each would cost a window there. */
public final class ClickHouseSql {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration PING_WITHIN = Duration.ofSeconds(2);
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(10);

  private final URI url;
  private final Map<String, String> credentials;
  private final Duration answerWithin;

  /** At a URL such as {@code http://127.0.0.1:8123}, as its default user. */
  public ClickHouseSql(String url) {
    this(URI.create(url + "/"), Map.of(), ANSWER_WITHIN);
  }

  private ClickHouseSql(URI url, Map<String, String> credentials, Duration answerWithin) {
    this.url = url;
    this.credentials = credentials;
    this.answerWithin = answerWithin;
  }

  public ClickHouseSql withAnswerWithin(Duration time) {
    return new ClickHouseSql(url, credentials, time);
  }

  public ClickHouseSql as(String user, String password) {
    return new ClickHouseSql(
        url, Map.of("X-ClickHouse-User", user, "X-ClickHouse-Key", password), answerWithin);
  }

  public boolean answers() {
    try {
      HttpRequest ping = HttpRequest.newBuilder(url.resolve("ping")).timeout(PING_WITHIN).build();
      return send(ping).statusCode() == 200;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** The lines of a result, each of tab-separated values; none of an empty result. */
  public List<String> lines(String sql) {
    return query(sql).lines().toList();
  }

  /** A result that is one whole number, unsigned. */
  public long number(String sql) {
    return Long.parseUnsignedLong(query(sql));
  }

  /** The result as tab-separated values, without the last line end. */
  public String query(String sql) {
    return query(sql, "TabSeparated").stripTrailing();
  }

  /** The result in a format, unless the statement names its own; throws what ClickHouse says. */
  public String query(String sql, String format) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("?default_format=" + URLEncoder.encode(format, UTF_8)))
            .timeout(answerWithin)
            .POST(HttpRequest.BodyPublishers.ofString(sql));
    credentials.forEach(request::header);
    try {
      HttpResponse<String> response = send(request.build());
      if (!ClickHouseAnswer.isSuccess(response)) {
        throw OperatorException.failed(
            "clickhouse: HTTP %d: %s".formatted(response.statusCode(), response.body().strip()));
      }
      return response.body();
    } catch (IOException e) {
      throw OperatorException.failed("clickhouse does not answer at " + url, e);
    }
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("asking clickhouse");
    }
  }
}
