package io.sluice.bench.soak;

import java.time.Duration;

/**
 * ClickHouse is killed at a moment of the soak and started again later.
 *
 * @param at from the first record on
 * @param length from the kill to the start
 */
public record Outage(Duration at, Duration length) {
  public Outage {
    if (at.isNegative()) {
      throw new IllegalArgumentException("outage-at is " + at + ", must not be negative");
    }
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("outage is " + length + ", must be above 0");
    }
  }

  double startSeconds() {
    return at.toMillis() / 1e3;
  }

  double endSeconds() {
    return at.plus(length).toMillis() / 1e3;
  }
}
