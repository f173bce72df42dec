package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.ops.sql.ClickHouseAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * ClickHouse over HTTP/1.1 with kept connections, timed from the first byte of the request to the
 * last of the answer. Thread-safe.
 */
final class BenchClient {
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(30);

  /**
   * What the job sends with every insert (its {@code InsertSetting}), but for the token and {@link
   * #SUM_LATER}.
   */
  static final String INSERT_SETTINGS =
      "async_insert=0&insert_deduplicate=1&deduplicate_blocks_in_dependent_materialized_views=1"
          + "&max_insert_block_size=1000000000&min_insert_block_size_rows=1000000000"
          + "&min_insert_block_size_bytes=0&max_insert_threads=1"
          + "&max_partitions_per_insert_block=0&input_format_skip_unknown_fields=0"
          + "&wait_end_of_query=1";

  /** Also the job's; apart, because the cube is measured without it too. */
  static final String SUM_LATER = "&optimize_on_insert=0";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  BenchClient(String url) {
    this.url = url;
  }

  record Timed(long nanos, JsonNode answer) {
    double millis() {
      return nanos / 1e6;
    }

    JsonNode data() {
      return answer.path("data");
    }

    long rowsRead() {
      return answer.path("statistics").path("rows_read").asLong();
    }

    long bytesRead() {
      return answer.path("statistics").path("bytes_read").asLong();
    }
  }

  /**
   * Asks and takes the answer as JSON, which says what was read for it.
   *
   * @throws OperatorException if ClickHouse refuses
   */
  Timed ask(String sql) {
    byte[] statement = (sql + " FORMAT JSONCompact").getBytes(StandardCharsets.UTF_8);
    long startNanos = System.nanoTime();
    byte[] answer = send("", null, statement);
    long nanos = System.nanoTime() - startNanos;
    return new Timed(nanos, Json.parse(new String(answer, StandardCharsets.UTF_8)));
  }

  /** The rows of an answer, each an array. */
  JsonNode rows(String sql) {
    return ask(sql).data();
  }

  /** The one number of an answer. */
  long number(String sql) {
    return rows(sql).path(0).path(0).asLong();
  }

  void run(String sql) {
    run(sql, "");
  }

  /**
   * @param settings as in a URL
   */
  void run(String sql, String settings) {
    send(settings, null, sql.getBytes(StandardCharsets.UTF_8));
  }

  /** The rows of a SELECT in ClickHouse's Native format. */
  byte[] nativeRows(String select) {
    return send("", null, (select + " FORMAT Native").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Inserts rows and returns how long it took in nanoseconds.
   *
   * @param settings as in a URL
   */
  long insert(String table, String settings, String token, byte[] zstd) {
    String query =
        URLEncoder.encode("INSERT INTO " + table + " FORMAT Native", StandardCharsets.UTF_8);
    String parameters = "query=" + query + "&" + settings + "&insert_deduplication_token=" + token;
    long startNanos = System.nanoTime();
    send(parameters, "zstd", zstd);
    return System.nanoTime() - startNanos;
  }

  private byte[] send(String parameters, String encoding, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/?" + parameters))
            .timeout(ANSWER_WITHIN)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (encoding != null) {
      request.header("Content-Encoding", encoding);
    }
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (!ClickHouseAnswer.isSuccess(response)) {
        throw OperatorException.failed(
            "clickhouse: " + new String(response.body(), StandardCharsets.UTF_8).strip());
      }
      return response.body();
    } catch (IOException e) {
      throw new OperatorException(
          OperatorException.Kind.FAILED, "clickhouse does not answer at " + url, e);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("asking clickhouse");
    }
  }
}
