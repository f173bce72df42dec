package io.sluice.sandbox.demo;

import java.time.Duration;

/**
 * What the demo does.
 *
 * @param duration how long logs are produced
 * @param recordsPerSecond how many a second
 * @param seed of the logs
 */
public record DemoOptions(Duration duration, double recordsPerSecond, long seed) {
  public DemoOptions {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration is " + duration + ", must be above 0");
    }
    if (!(recordsPerSecond > 0)) {
      throw new IllegalArgumentException("rate is " + recordsPerSecond + ", must be above 0");
    }
  }
}
