package io.sluice.clickhouse;

import io.sluice.clickhouse.Outcome.Kind;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a batch is offered again, by kind of outcome and number of consecutive
 * outcomes that were not accepted. It comes on top of the {@link RequestPacer}. It keeps no state
 * and never waits; not more thread-safe than its random generator.
 *
 * <table>
 * <caption>Delays; none is longer than the window</caption>
 * <tr><th>kind</th><th>delay</th></tr>
 * <tr><td>TOO_EARLY</td><td>0.5 s, 1 s, 2 s, 4 s, 5 s, 5 s, …</td></tr>
 * <tr><td>TRY_AGAIN</td><td>1 s, 2 s, 4 s, … 60 s, half of it random, so that lanes that failed
 * together do not return together</td></tr>
 * <tr><td>REFUSED, TOO_LARGE</td><td>the window: it takes somebody to change a setting. What a split
 * left is a new batch and need not wait</td></tr>
 * <tr><td>ACCEPTED</td><td>none</td></tr>
 * </table>
 */
public final class RetryBackoff {
  private static final Duration EARLY_FIRST = Duration.ofMillis(500);
  private static final Duration EARLY_LONGEST = Duration.ofSeconds(5);
  private static final Duration FAILED_FIRST = Duration.ofSeconds(1);
  private static final Duration FAILED_LONGEST = Duration.ofSeconds(60);

  private final Duration window;
  private final RandomGenerator random;

  /**
   * Delays for one lane.
   *
   * @param window of the proxy, 1 ms to a day
   * @param random for the jitter
   */
  public RetryBackoff(Duration window, RandomGenerator random) {
    if (window == null
        || window.toMillis() < 1
        || window.compareTo(RequestPacer.LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "backoff.window is %s; allowed: 1 ms to 1 day".formatted(window));
    }
    this.window = window;
    this.random = random;
  }

  /**
   * The delay, from the end of the request on.
   *
   * @param consecutiveFailures outcomes since the last accepted one, this one included; at least 1
   */
  public Duration delay(Kind kind, int consecutiveFailures) {
    if (consecutiveFailures < 1) {
      throw new IllegalArgumentException(
          "consecutiveFailures is %d; allowed: 1 or more".formatted(consecutiveFailures));
    }
    return switch (kind) {
      case ACCEPTED -> Duration.ZERO;
      case TOO_EARLY -> doubled(EARLY_FIRST, consecutiveFailures, EARLY_LONGEST);
      case TRY_AGAIN -> halfRandom(doubled(FAILED_FIRST, consecutiveFailures, FAILED_LONGEST));
      case TOO_LARGE, REFUSED -> window;
    };
  }

  private Duration doubled(Duration first, int times, Duration longest) {
    // Past 2^16 every delay here has long reached its limit.
    Duration grown = first.multipliedBy(1L << Math.min(times - 1, 16));
    Duration limit = longest.compareTo(window) < 0 ? longest : window;
    return grown.compareTo(limit) < 0 ? grown : limit;
  }

  private Duration halfRandom(Duration delay) {
    long half = delay.toNanos() / 2;
    return delay.minusNanos(half).plusNanos(random.nextLong(half + 1));
  }
}
