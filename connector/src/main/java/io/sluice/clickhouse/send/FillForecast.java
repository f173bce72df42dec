package io.sluice.clickhouse.send;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * When a buffer will be full, if it goes on to grow as it did of late.
 *
 * <p>Between two requests a buffer always grows, so the rate is taken over a span of several
 * windows. Time is a parameter; it starts anywhere and may overflow, like {@link
 * System#nanoTime()}. Thread-safe: filled on the task thread, asked by reporters.
 */
public final class FillForecast {
  /**
   * The answer for "not in sight": a buffer that does not grow, that would take longer than this,
   * or that has not been watched for long enough. A number like the others, so that comparing,
   * plotting and reporters that know no infinity need no exception.
   */
  static final double NOT_IN_SIGHT_SECONDS = Duration.ofDays(1).toSeconds();

  private static final long MIN_SAMPLE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier limitBytes;
  private final long spanNanos;
  private final long watchedNanos;

  /** Oldest first; the first is the newest one that is older than the span, once there is one. */
  private final Deque<Sample> samples = new ArrayDeque<>();

  private long bytes;

  private record Sample(long atNanos, long bytes) {}

  /**
   * @param limitBytes which may change
   * @param window the rate is taken over three of them, and told after one
   */
  public FillForecast(LongSupplier limitBytes, Duration window) {
    this.limitBytes = limitBytes;
    this.spanNanos = Math.max(3 * window.toNanos(), 3 * MIN_SAMPLE_NANOS);
    this.watchedNanos = spanNanos / 3;
  }

  public synchronized void update(long nowBytes, long nowNanos) {
    bytes = nowBytes;
    if (samples.isEmpty() || nowNanos - samples.getLast().atNanos() >= MIN_SAMPLE_NANOS) {
      samples.addLast(new Sample(nowNanos, nowBytes));
      forget(nowNanos);
    }
  }

  private void forget(long nowNanos) {
    while (samples.size() > 1) {
      Sample first = samples.removeFirst();
      if (nowNanos - samples.getFirst().atNanos() < spanNanos) {
        samples.addFirst(first);
        return;
      }
    }
  }

  /** 0 if it is full, {@link #NOT_IN_SIGHT_SECONDS} at most. */
  public synchronized double secondsToFull(long nowNanos) {
    long limit = limitBytes.getAsLong();
    if (bytes >= limit) {
      return 0;
    }
    if (samples.isEmpty()) {
      return NOT_IN_SIGHT_SECONDS;
    }
    forget(nowNanos);
    Sample first = samples.getFirst();
    long watched = Math.min(nowNanos - first.atNanos(), spanNanos);
    long grown = bytes - first.bytes();
    if (watched < watchedNanos || grown <= 0) {
      return NOT_IN_SIGHT_SECONDS;
    }
    double seconds = (double) (limit - bytes) / grown * (watched / NANOS_PER_SECOND);
    return Math.min(NOT_IN_SIGHT_SECONDS, seconds);
  }
}
