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
 * @param token the name by which ClickHouse recognises a repeat
 * @param frames the body, of {@value #MAX_ROWS} rows at most; the arrays are not copied, and must
 *     not change any more
 */
public record InsertRequest(InsertStatement statement, String token, List<byte[]> frames) {

  /** More rows would not be formed into one block; see {@link InsertSetting#MAX_BLOCK_ROWS}. */
  public static final int MAX_ROWS = 1_000_000_000;

  public InsertRequest {
    frames = List.copyOf(frames);
  }

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
}
