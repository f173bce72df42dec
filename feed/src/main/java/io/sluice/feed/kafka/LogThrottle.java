package io.sluice.feed.kafka;

import java.time.Duration;

/**
 * Says which events may be logged: the first one, then one per interval. Time is a parameter; it
 * starts anywhere and may overflow, like {@link System#nanoTime()}.
 *
 * <p>Not thread-safe.
 */
final class LogThrottle {
  private final long intervalNanos;
  private Long lastLoggedNanos;
  private long unlogged;

  LogThrottle(Duration interval) {
    this.intervalNanos = interval.toNanos();
  }

  /**
   * Counts one event.
   *
   * @return 0 if it is not to be logged; else how many there were since the last one that was, this
   *     one included
   */
  long admit(long nowNanos) {
    unlogged++;
    if (lastLoggedNanos != null && nowNanos - lastLoggedNanos < intervalNanos) {
      return 0;
    }
    long events = unlogged;
    unlogged = 0;
    lastLoggedNanos = nowNanos;
    return events;
  }
}
