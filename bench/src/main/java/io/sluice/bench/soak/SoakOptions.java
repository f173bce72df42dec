package io.sluice.bench.soak;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the soak does.
 *
 * @param duration how long records are produced
 * @param recordsPerSecond how many a second
 * @param seed of the records
 * @param sampleEvery the time between two samples
 * @param fullCollectionEvery the time between two full garbage collections of the TaskManager, so
 *     that the heap's floor is what is alive; empty to leave the JVM alone
 * @param outage of ClickHouse
 * @param bufferMaxBytes the job's {@code buffer.max-bytes}; empty for the stack's
 */
public record SoakOptions(
    Duration duration,
    double recordsPerSecond,
    long seed,
    Duration sampleEvery,
    Optional<Duration> fullCollectionEvery,
    Optional<Outage> outage,
    OptionalLong bufferMaxBytes) {
  private static final Duration LEAST_SAMPLE = Duration.ofSeconds(1);

  public SoakOptions {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration is " + duration + ", must be above 0");
    }
    if (!(recordsPerSecond > 0)) {
      throw new IllegalArgumentException("rate is " + recordsPerSecond + ", must be above 0");
    }
    if (sampleEvery.compareTo(LEAST_SAMPLE) < 0) {
      throw new IllegalArgumentException(
          "sample-every is " + sampleEvery + ", must be " + LEAST_SAMPLE + " or more");
    }
    if (fullCollectionEvery.isPresent() && fullCollectionEvery.get().compareTo(LEAST_SAMPLE) < 0) {
      throw new IllegalArgumentException(
          "full-gc-every is " + fullCollectionEvery.get() + ", must be 1 s or more");
    }
    if (outage.isPresent()
        && outage.get().at().plus(outage.get().length()).compareTo(duration) > 0) {
      throw new IllegalArgumentException(
          "the outage ends after the duration, " + duration + "; it must end before");
    }
    if (bufferMaxBytes.isPresent() && bufferMaxBytes.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "buffer-max is " + bufferMaxBytes.getAsLong() + ", must be above 0");
    }
  }
}
