package io.sluice.clickhouse.http;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What became of one request.
 *
 * @param mayBeApplied whether rows of the request may be in ClickHouse now. If so, the batch must
 *     be repeated whole, with the same bytes and token, until it is accepted; it must not be split.
 *     Never false when that is not known for sure
 * @param httpStatus status of the answer; 0 without one
 * @param clickHouseCode {@code X-ClickHouse-Exception-Code}; 0 without one, -1 if it is no number
 * @param retryAfter how long the proxy wants us to wait before the next request; zero if it does
 *     not say
 * @param detail one line for the log, at most {@value #MAX_DETAIL_LENGTH} characters, without
 *     credentials and without data of rows
 */
public record Outcome(
    Kind kind,
    boolean mayBeApplied,
    int httpStatus,
    int clickHouseCode,
    Duration retryAfter,
    String detail) {

  public static final int MAX_DETAIL_LENGTH = 200;

  private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+");

  private static final int VIOLATED_CONSTRAINT = 469;

  /** What an outcome asks for. Nothing is ever dropped, whatever the kind. */
  public enum Kind {
    /** The rows are stored: forget the batch. */
    ACCEPTED,
    /** The proxy's window is not open yet: offer the batch again soon; no error. */
    TOO_EARLY,
    /** Fate unknown, or an error that passes: the same batch again, with backoff. */
    TRY_AGAIN,
    /** More bytes than the proxy lets through: split the batch, if it was never applied. */
    TOO_LARGE,
    /** An operator must act: the same batch again at window pace, and raise an alert. */
    REFUSED,
    /**
     * Something else answered in ClickHouse's place, whether it had the rows by then or not: the
     * same batch again, with backoff, and raise an alert.
     */
    NOT_CLICKHOUSE
  }

  public Outcome(
      Kind kind, boolean mayBeApplied, int httpStatus, int clickHouseCode, String detail) {
    this(kind, mayBeApplied, httpStatus, clickHouseCode, Duration.ZERO, detail);
  }

  public Outcome {
    detail = oneLine(detail);
  }

  /**
   * Whether it is still unknown if the rows were stored.
   *
   * <p>False after a constraint refused them: that is how inserts are held for a while, and it is
   * checked before a row is stored. {@link #mayBeApplied} stays true nevertheless, since a
   * constraint of a table behind a view is checked after rows are stored, and the error code is the
   * same.
   */
  public boolean isInDoubt() {
    return kind != Kind.ACCEPTED && mayBeApplied && clickHouseCode != VIOLATED_CONSTRAINT;
  }

  private static String oneLine(String text) {
    String line = BREAKS.matcher(text).replaceAll(" ").strip();
    return line.length() <= MAX_DETAIL_LENGTH
        ? line
        : line.substring(0, MAX_DETAIL_LENGTH - 1) + "…";
  }
}
