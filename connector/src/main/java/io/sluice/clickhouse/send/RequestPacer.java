package io.sluice.clickhouse.send;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the next request may start, if the proxy admits one per window. It returns a duration and
 * never waits.
 *
 * <p>Only an accepted request moves the window: a rejected one costs nothing at the proxy. A
 * request of unknown fate may have spent the window, but nothing needs to be assumed of it, since
 * offering too early costs one 503. For the same reason a new pacer lets the first request go at
 * once.
 *
 * <pre>
 * start of accepted request        next may start
 * ├───────── window ─────────┬ guard ┤
 * </pre>
 *
 * The guard covers the time between our start and the moment the proxy sees the request, which may
 * be longer for the first than for the second. nginx's windows are longer than they read: its
 * {@code rate=1r/m} is one per 62.5 s.
 *
 * <p>Not thread-safe.
 */
public final class RequestPacer {
  public static final Duration DEFAULT_GUARD = Duration.ofMillis(100);

  /** What a window may be at most. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  private final long pauseNanos;
  private final LongSupplier nanoTime;
  private boolean spent;
  private long openAtNanos;

  /**
   * A pacer whose window is open.
   *
   * @param window zero (no limit) to a day
   * @param guard zero to a day
   * @param nanoTime a monotonic clock such as {@code System::nanoTime}
   */
  public RequestPacer(Duration window, Duration guard, LongSupplier nanoTime) {
    requireUpToOneDay("window", window);
    requireUpToOneDay("guard", guard);
    this.pauseNanos = window.plus(guard).toNanos();
    this.nanoTime = nanoTime;
  }

  /** How long to wait until the next request; zero if it may start now. */
  public Duration untilNextRequest() {
    if (!spent) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(Math.max(0, openAtNanos - nanoTime.getAsLong()));
  }

  /** A request was accepted that started at {@code startedAtNanos} of the clock. */
  public void accepted(long startedAtNanos) {
    long openAt = startedAtNanos + pauseNanos;
    // Differences, since a monotonic clock may overflow.
    if (!spent || openAt - openAtNanos > 0) {
      openAtNanos = openAt;
      spent = true;
    }
  }

  private static void requireUpToOneDay(String field, Duration value) {
    if (value == null || value.isNegative() || value.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "pacer.%s is %s; allowed: 0 to 1 day".formatted(field, value));
    }
  }
}
