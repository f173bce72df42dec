package io.sluice.clickhouse.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One batch as it goes over the wire. Sent any number of times, it is the same bytes each time: the
 * same URL, the same settings, the same body.
 *
 * <pre>
 * POST /?query=INSERT…&amp;async_insert=0&amp;…&amp;insert_deduplication_token=TOKEN
 * Content-Encoding: zstd
 * Content-Length: sum of the frames
 *
 * ┌────────────┬────────────┬───┐
 * │ zstd frame │ zstd frame │ … │   each holds one Native block; frames and blocks may be
 * └────────────┴────────────┴───┘   concatenated, ClickHouse reads them as one stream
 * </pre>
 *
 * @param statement where the rows go
 * @param token the name by which ClickHouse recognises a repeat; visible ASCII, 1 to 200 characters
 * @param frames the body; the arrays are not copied, and must not change any more
 * @param rowCount rows in all frames, 1 to {@value #MAX_ROWS}
 */
public record InsertRequest(
    InsertStatement statement, String token, List<byte[]> frames, int rowCount) {

  /** More rows would not be formed into one block; see {@link InsertSetting#MAX_BLOCK_ROWS}. */
  public static final int MAX_ROWS = 1_000_000_000;

  private static final int MAX_TOKEN_LENGTH = 200;

  /**
   * @throws IllegalArgumentException if token, frames or row count are not as described
   */
  public InsertRequest {
    frames = List.copyOf(frames);
    if (token == null
        || token.isEmpty()
        || token.length() > MAX_TOKEN_LENGTH
        || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "insert.token is '%s'; allowed: 1 to %d visible ASCII characters"
              .formatted(token, MAX_TOKEN_LENGTH));
    }
    if (frames.isEmpty() || frames.stream().anyMatch(frame -> frame.length == 0)) {
      throw new IllegalArgumentException(
          "insert.frames has %d frames, or an empty one; allowed: one or more, none empty"
              .formatted(frames.size()));
    }
    if (rowCount < 1 || rowCount > MAX_ROWS) {
      throw new IllegalArgumentException(
          "insert.rowCount is %d; allowed: 1 to %d".formatted(rowCount, MAX_ROWS));
    }
  }

  /** Size of the body in bytes. */
  public long contentLength() {
    return frames.stream().mapToLong(frame -> frame.length).sum();
  }

  /** Everything after the question mark of the URL, encoded; always the same for one request. */
  public String urlQuery() {
    return "query="
        + encoded(statement.sql())
        + "&"
        + InsertSetting.urlParameters()
        + settings()
        + "&insert_deduplication_token="
        + encoded(token);
  }

  private String settings() {
    return statement.settings().entrySet().stream()
        .map(setting -> "&" + setting.getKey() + "=" + encoded(setting.getValue()))
        .collect(Collectors.joining());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Sizes and names, never the data. */
  @Override
  public String toString() {
    return "InsertRequest[%s.%s, token=%s, rows=%d, bytes=%d]"
        .formatted(statement.database(), statement.table(), token, rowCount, contentLength());
  }
}
