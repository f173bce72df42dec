package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** One request on its way, seen from outside the job. */
final class Flight {
  private static final String TOKEN_PARAMETER = "&insert_deduplication_token=";

  final HttpPost post;
  final String url;

  /** All of the URL but the token. */
  final String settings;

  /** Empty without one. */
  final String token;

  final boolean deduplicates;
  final boolean deduplicatesInViews;
  final int length;
  final long submittedAtNanos;

  /** What the proxy got of the body once it has all of it, else null. */
  byte[] body;

  /** Whether no body with this token came out of the job before. */
  boolean isFirstSending;

  boolean admitted;
  List<ModelServer.Part> parts = List.of();
  int partsApplied;

  private ClassicHttpResponse response;
  private IOException failure;
  private Kind kind;
  private Duration retryAfter = Duration.ZERO;

  Flight(HttpPost post, long submittedAtNanos) {
    this.post = post;
    this.submittedAtNanos = submittedAtNanos;
    this.url = post.getPath();
    int at = url.indexOf(TOKEN_PARAMETER);
    this.settings = at < 0 ? url : url.substring(0, at);
    this.token = at < 0 ? "" : url.substring(at + TOKEN_PARAMETER.length());
    this.deduplicates = settings.contains("&insert_deduplicate=1");
    this.deduplicatesInViews =
        settings.contains("&deduplicate_blocks_in_dependent_materialized_views=1");
    this.length = Math.toIntExact(post.getEntity().getContentLength());
  }

  /** Whether the body waits until the proxy asks for it. */
  boolean asksFirst() {
    return post.containsHeader("Expect");
  }

  int rowCount() {
    return length / ModelEncoder.BYTES_PER_ROW;
  }

  /** For the client, not for those who still work on it. */
  boolean isOver() {
    return kind != null;
  }

  /** What the client has to take the end for. */
  Kind kind() {
    return kind;
  }

  void answer(int status, int code, String text, Kind expected) {
    response = new BasicClassicHttpResponse(status);
    if (code != 0) {
      response.setHeader("X-ClickHouse-Exception-Code", Integer.toString(code));
    }
    if (!text.isEmpty()) {
      response.setEntity(new StringEntity(text));
    }
    kind = expected;
  }

  /** As {@link #answer}, with the header that only ClickHouse sends. */
  void answerOfClickHouse(int status, String text, Kind expected) {
    answer(status, 0, text, expected);
    response.setHeader("X-ClickHouse-Query-Id", "0f3a-77");
  }

  /** The answer asks for a pause. */
  void retryAfter(Duration pause) {
    retryAfter = pause;
    response.setHeader("Retry-After", Long.toString(pause.toSeconds()));
  }

  Duration retryAfter() {
    return retryAfter;
  }

  void fail(IOException why, Kind expected) {
    failure = why;
    kind = expected;
  }

  ClassicHttpResponse response(Runnable onAnswer) throws IOException {
    if (failure != null) {
      throw failure;
    }
    onAnswer.run();
    return response;
  }
}
