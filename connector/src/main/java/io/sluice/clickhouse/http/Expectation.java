package io.sluice.clickhouse.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the body of a request waits for {@code 100 Continue}. A proxy that does not know {@code
 * Expect} answers 417, and would for ever. So after one, requests go without it for a while: then a
 * request that is turned away has uploaded its body, and may have been applied for all that one
 * knows. Used on the thread that sends.
 */
final class Expectation {
  /** Proxies are replaced and configured anew; one 417 an hour costs nothing. */
  static final Duration REFUSAL_COUNTS = Duration.ofHours(1);

  private final LongSupplier nanoTime;
  private boolean wasRefused;
  private long refusedAtNanos;

  Expectation(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean isSent() {
    return !wasRefused || nanoTime.getAsLong() - refusedAtNanos >= REFUSAL_COUNTS.toNanos();
  }

  /** A request with it was answered with 417. */
  void refused() {
    wasRefused = true;
    refusedAtNanos = nanoTime.getAsLong();
  }
}
