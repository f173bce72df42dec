package io.sluice.clickhouse.send;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to log that a lane sends and nothing is accepted. A single request that is turned away only
 * means that the window was not open yet; many in a row need an operator.
 *
 * <pre>
 * accepted   turned away, turned away, …                                     accepted
 *     │      │◀── two windows ──▶│ said   │◀── 5 min ──▶│ said   │◀── 5 min ──▶│ silence
 * </pre>
 */
public final class Drought {
  static final Duration SAID_EVERY = Duration.ofMinutes(5);

  /** With a short window it is ClickHouse that takes its time. */
  static final Duration SHORTEST = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final long patienceNanos;
  private boolean isOn;
  private long beganAtNanos;
  private long sayAtNanos;
  private long requests;

  public Drought(Duration window, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    Duration patience = window.multipliedBy(2);
    this.patienceNanos = (patience.compareTo(SHORTEST) > 0 ? patience : SHORTEST).toNanos();
  }

  public void ends() {
    isOn = false;
  }

  /** A request ended otherwise. Returns whether it is time to say so. */
  public boolean goesOn(long startedAtNanos) {
    if (!isOn) {
      isOn = true;
      beganAtNanos = startedAtNanos;
      sayAtNanos = startedAtNanos + patienceNanos;
      requests = 0;
    }
    requests++;
    long now = nanoTime.getAsLong();
    if (now - sayAtNanos < 0) {
      return false;
    }
    sayAtNanos = now + SAID_EVERY.toNanos();
    return true;
  }

  /** Since the first request of those that were not accepted started. */
  public Duration length() {
    return Duration.ofNanos(nanoTime.getAsLong() - beganAtNanos);
  }

  public long requests() {
    return requests;
  }
}
