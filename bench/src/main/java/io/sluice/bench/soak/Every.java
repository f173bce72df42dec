package io.sluice.bench.soak;

import java.time.Duration;

/** Says once per interval that it is over; the first one begins at 0. Not thread-safe. */
final class Every {
  private final double intervalSeconds;
  private double dueSeconds;

  Every(Duration interval) {
    this.intervalSeconds = interval.toMillis() / 1e3;
    this.dueSeconds = intervalSeconds;
  }

  /** Whether an interval has ended since the last time; intervals that were missed count as one. */
  boolean isDue(double seconds) {
    if (seconds < dueSeconds) {
      return false;
    }
    dueSeconds = (Math.floor(seconds / intervalSeconds) + 1) * intervalSeconds;
    return true;
  }
}
