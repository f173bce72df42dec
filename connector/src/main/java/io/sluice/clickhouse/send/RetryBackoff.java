package io.sluice.clickhouse.send;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a lane waits before its next request, by kind of outcome and number of consecutive
 * outcomes that were not accepted. It keeps no state and never waits; not more thread-safe than its
 * random generator.
 *
 * <p>Half of the delay after a failure is random, so that lanes that failed together do not return
 * together. After a refusal it is as after an answer that came too early: the next batch may well
 * be taken. None is longer than the window.
 *
 * <p>A proxy that wants a longer delay ({@code Retry-After}) gets it, up to the window.
 *
 * <p>A batch that was refused, or is too large, itself waits for longer ({@link #ofBatch}): an
 * operator must act. What a split left is a new batch and need not wait.
 */
public final class RetryBackoff {
  private static final Duration EARLY_FIRST = Duration.ofMillis(500);
  private static final Duration EARLY_LONGEST = Duration.ofSeconds(5);
  private static final int MOST_WINDOWS = 8;
  private static final Duration FAILED_FIRST = Duration.ofSeconds(1);
  private static final Duration FAILED_LONGEST = Duration.ofSeconds(60);

  private final Duration window;
  private final RandomGenerator random;

  public RetryBackoff(Duration window, RandomGenerator random) {
    this.window = window;
    this.random = random;
  }

  /**
   * The delay of the lane, from the end of the request on.
   *
   * @param consecutiveFailures outcomes since the last accepted one, this one included; at least 1
   * @param retryAfter what the proxy asked for; zero if nothing
   */
  public Duration delay(Kind kind, int consecutiveFailures, Duration retryAfter) {
    Duration usual = usualDelay(kind, consecutiveFailures);
    Duration wanted = retryAfter.compareTo(window) < 0 ? retryAfter : window;
    return kind == Kind.ACCEPTED || usual.compareTo(wanted) > 0 ? usual : wanted;
  }

  private Duration usualDelay(Kind kind, int consecutiveFailures) {
    return switch (kind) {
      case ACCEPTED -> Duration.ZERO;
      case TOO_EARLY, TOO_LARGE, REFUSED ->
          shorter(doubled(EARLY_FIRST, consecutiveFailures, EARLY_LONGEST), window);
      case TRY_AGAIN, NOT_CLICKHOUSE ->
          halfRandom(shorter(doubled(FAILED_FIRST, consecutiveFailures, FAILED_LONGEST), window));
    };
  }

  /**
   * How long a batch waits that was refused or is too large, while others go on: a window, two,
   * four, eight, eight, … If it is refused after its body, each attempt costs the others a window.
   */
  public Duration ofBatch(int timesInARow) {
    return doubled(window, timesInARow, window.multipliedBy(MOST_WINDOWS));
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    // Past 2^16 every delay here has long reached its limit.
    return shorter(first.multipliedBy(1L << Math.min(times - 1, 16)), longest);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Duration halfRandom(Duration delay) {
    long half = delay.toNanos() / 2;
    return delay.minusNanos(half).plusNanos(random.nextLong(half + 1));
  }
}
