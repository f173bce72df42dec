package io.sluice.clickhouse.http;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;

/** The header of that name, in both of its forms; RFC 9110, section 10.2.3. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("\\d+");

  /** As good as for ever. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * How long the server wants not to be asked: zero to a day; zero if it does not say, or not in a
   * way that can be understood.
   *
   * @param value of the header; empty without one
   * @param date of the answer by the server's own clock, by which it made {@code value}; empty
   *     without one
   * @param now to be used instead
   */
  static Duration parse(String value, String date, Instant now) {
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      return text.length() > 9 ? LONGEST : atMostLongest(Duration.ofSeconds(Long.parseLong(text)));
    }
    Instant until = DateUtils.parseStandardDate(text);
    if (until == null) {
      return Duration.ZERO;
    }
    Instant answered = DateUtils.parseStandardDate(date);
    Duration wait = Duration.between(answered == null ? now : answered, until);
    return wait.isNegative() ? Duration.ZERO : atMostLongest(wait);
  }

  private static Duration atMostLongest(Duration wait) {
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
