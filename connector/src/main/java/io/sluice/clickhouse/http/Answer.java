package io.sluice.clickhouse.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;

/**
 * What counts of an HTTP answer.
 *
 * @param clickHouseCode 0 without one, -1 if the header is no number
 * @param hasClickHouseHeader whether it names a query or sums one up, which ClickHouse does of each
 *     query that it takes on, and nothing else does
 * @param retryAfter how long a 429 or 503 wants us to wait; zero if it does not say
 * @param queryId by which {@code system.query_log} knows the query; empty if the server names none
 * @param excerpt start of the body, at most {@value #MAX_EXCERPT_BYTES} bytes. Read only where it
 *     matters: of a 200, which must not have a body, and of ClickHouse's errors, for the log
 */
record Answer(
    int httpStatus,
    int clickHouseCode,
    boolean hasClickHouseHeader,
    Duration retryAfter,
    String queryId,
    String excerpt) {

  static final int MAX_EXCERPT_BYTES = 4096;

  /** Where ClickHouse ends an error's message: {@code (UNKNOWN_TABLE) (version 26.7.3.1)}. */
  private static final Pattern ERROR_NAME =
      Pattern.compile("\\(([A-Z][A-Z0-9_]{1,80})\\) \\(version ");

  private static final Pattern CODE = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern QUERY_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Errors whose message speaks of tables, columns, users and limits only. Those of others may
   * quote values of rows, which must not get into a log.
   */
  private static final Set<Integer> QUOTABLE =
      Set.of(
          16, // NO_SUCH_COLUMN_IN_TABLE
          60, // UNKNOWN_TABLE
          81, // UNKNOWN_DATABASE
          115, // UNKNOWN_SETTING
          164, // READONLY
          192, // UNKNOWN_USER
          193, // WRONG_PASSWORD
          194, // REQUIRED_PASSWORD
          241, // MEMORY_LIMIT_EXCEEDED
          242, // TABLE_IS_READ_ONLY
          252, // TOO_MANY_PARTS
          452, // SETTING_CONSTRAINT_VIOLATION
          497, // ACCESS_DENIED
          516); // AUTHENTICATION_FAILED

  /**
   * @throws IOException if a 200 cannot be read to its end
   */
  static Answer read(ClassicHttpResponse response, Instant now) throws IOException {
    int status = response.getCode();
    int code = code(header(response, "X-ClickHouse-Exception-Code"));
    String queryId = header(response, "X-ClickHouse-Query-Id");
    return new Answer(
        status,
        code,
        !(queryId.isBlank() && header(response, "X-ClickHouse-Summary").isBlank()),
        retryAfter(response, now),
        QUERY_ID.matcher(queryId).matches() ? queryId : "",
        excerpt(response.getEntity(), status, code));
  }

  String detail() {
    StringBuilder line = new StringBuilder("HTTP ").append(httpStatus);
    if (clickHouseCode != OutcomeRules.NO_CODE) {
      line.append(", ClickHouse ").append(clickHouseCode);
      String name = errorName();
      if (!name.isEmpty()) {
        line.append(' ').append(name);
      }
      if (!queryId.isEmpty()) {
        line.append(", query ").append(queryId);
      }
      if (QUOTABLE.contains(clickHouseCode)) {
        line.append(": ").append(excerpt);
      }
    } else if (httpStatus == HttpStatus.SC_OK) {
      line.append(hasClickHouseHeader ? "" : ", no header of ClickHouse's");
      line.append(excerpt.isEmpty() ? "" : ", with a body");
    }
    return line.toString();
  }

  /** The last name, since a message may quote another error's. */
  private String errorName() {
    return ERROR_NAME
        .matcher(excerpt)
        .results()
        .map(match -> match.group(1))
        .reduce("", (before, last) -> last);
  }

  private static String excerpt(HttpEntity entity, int status, int code) throws IOException {
    boolean accepted = status == HttpStatus.SC_OK && code == OutcomeRules.NO_CODE;
    if (entity == null || !(accepted || code != OutcomeRules.NO_CODE)) {
      return "";
    }
    try {
      // Not closed: closing would read the rest. The connection is dropped instead.
      InputStream in = entity.getContent();
      return new String(in.readNBytes(MAX_EXCERPT_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      if (accepted) {
        throw e;
      }
      return "";
    }
  }

  private static Duration retryAfter(ClassicHttpResponse response, Instant now) {
    return switch (response.getCode()) {
      case HttpStatus.SC_TOO_MANY_REQUESTS, HttpStatus.SC_SERVICE_UNAVAILABLE ->
          RetryAfter.parse(header(response, "Retry-After"), header(response, "Date"), now);
      default -> Duration.ZERO;
    };
  }

  private static String header(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null || header.getValue() == null ? "" : header.getValue();
  }

  private static int code(String header) {
    if (header.isEmpty()) {
      return OutcomeRules.NO_CODE;
    }
    String number = header.strip();
    return CODE.matcher(number).matches() ? Integer.parseInt(number) : -1;
  }
}
