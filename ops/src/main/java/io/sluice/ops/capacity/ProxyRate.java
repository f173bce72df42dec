package io.sluice.ops.capacity;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request rate in nginx's notation: {@code 1r/m}, {@code 60r/m}, {@code 2r/s}.
 *
 * <p>nginx keeps a rate as whole thousandths of a request per second ({@code
 * ngx_http_limit_req_module.c}), so {@code 1r/m} is 16/1000 and its period 62.5 s, not 60 s.
 *
 * @param requests per unit, from 1 to a thousand per second: beyond that the period is under
 *     nginx's own clock tick of a millisecond
 * @param unitSeconds 1 or 60; nginx knows seconds and minutes
 */
public record ProxyRate(int requests, int unitSeconds) {
  private static final Pattern NOTATION = Pattern.compile("(\\d{1,9})r/([ms])");

  public ProxyRate {
    int most = 1_000 * unitSeconds;
    if (requests < 1 || requests > most) {
      throw new IllegalArgumentException(
          "rate: " + text(requests, unitSeconds) + " is not within 1 and " + most);
    }
  }

  /** Reads nginx's notation; throws IllegalArgumentException if it is another. */
  public static ProxyRate parse(String text) {
    Matcher matcher = NOTATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "rate: '" + text + "' is not of the form <number>r/m or <number>r/s, such as 1r/m");
    }
    return new ProxyRate(Integer.parseInt(matcher.group(1)), matcher.group(2).equals("s") ? 1 : 60);
  }

  /** The least time between two requests that are admitted, in whole milliseconds. */
  public Duration period() {
    int milliRequestsPerSecond = requests * 1000 / unitSeconds;
    return Duration.ofMillis((1_000_000 + milliRequestsPerSecond - 1) / milliRequestsPerSecond);
  }

  @Override
  public String toString() {
    return text(requests, unitSeconds);
  }

  private static String text(int requests, int unitSeconds) {
    return requests + (unitSeconds == 1 ? "r/s" : "r/m");
  }
}
