package io.sluice.sandbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Waits for a number that rises in jumps, and gives up when it has not risen for a while. Not
 * thread-safe.
 */
public final class Patience {
  private final long nanos;
  private final LongSupplier nanoTime;
  private long highest = Long.MIN_VALUE;
  private long roseAtNanos;

  /**
   * @param atMost without a rise
   * @param nanoTime a monotonic clock such as {@code System::nanoTime}
   */
  public Patience(Duration atMost, LongSupplier nanoTime) {
    this.nanos = atMost.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Takes the next reading; whether the last rise is too long ago. */
  public boolean isOver(long reading) {
    long now = nanoTime.getAsLong();
    if (reading > highest) {
      highest = reading;
      roseAtNanos = now;
    }
    return now - roseAtNanos > nanos;
  }

  public Duration atMost() {
    return Duration.ofNanos(nanos);
  }
}
