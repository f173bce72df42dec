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
 * @param requests requests per unit, at least 1 and at most {@value #MAX_REQUESTS}
 * @param unit the unit of time that they are counted in
 */
public record ProxyRate(int requests, Unit unit) {
  /** Beyond this the period is under nginx's own clock tick of a millisecond. */
  private static final int MAX_REQUESTS = 60_000;

  private static final Pattern NOTATION = Pattern.compile("(\\d{1,9})r/([ms])");

  /** nginx knows seconds and minutes. */
  public enum Unit {
    SECOND(1, "s"),
    MINUTE(60, "m");

    private final int seconds;
    private final String letter;

    Unit(int seconds, String letter) {
      this.seconds = seconds;
      this.letter = letter;
    }
  }

  public ProxyRate {
    int most = unit == Unit.SECOND ? MAX_REQUESTS / 60 : MAX_REQUESTS;
    if (requests < 1 || requests > most) {
      throw new IllegalArgumentException(
          "rate: " + requests + "r/" + unit.letter + " is not within 1 and " + most);
    }
  }

  /**
   * Reads nginx's notation.
   *
   * @throws IllegalArgumentException if the text is not {@code <n>r/m} or {@code <n>r/s}
   */
  public static ProxyRate parse(String text) {
    Matcher matcher = NOTATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "rate: '" + text + "' is not of the form <number>r/m or <number>r/s, such as 1r/m");
    }
    Unit unit = matcher.group(2).equals("s") ? Unit.SECOND : Unit.MINUTE;
    return new ProxyRate(Integer.parseInt(matcher.group(1)), unit);
  }

  /** The rate as nginx keeps it: thousandths of a request per second, rounded down. */
  public int milliRequestsPerSecond() {
    return requests * 1000 / unit.seconds;
  }

  /** The least time between two requests that are admitted, in whole milliseconds. */
  public Duration period() {
    int rate = milliRequestsPerSecond();
    return Duration.ofMillis((1_000_000 + rate - 1) / rate);
  }

  /** The notation that {@link #parse} reads. */
  @Override
  public String toString() {
    return requests + "r/" + unit.letter;
  }
}
