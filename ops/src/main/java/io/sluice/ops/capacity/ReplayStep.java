package io.sluice.ops.capacity;

/**
 * One replay of the sample at another rate: slower by leaving out rows, faster by squeezing time.
 *
 * @param thinning one row in so many is taken, 1 for all
 * @param squeeze so many seconds of the sample become one, 1 for none
 * @param sourceSeconds how much of the sample is taken, from its start; a multiple of {@code
 *     squeeze}
 */
public record ReplayStep(int thinning, int squeeze, long sourceSeconds) {
  public ReplayStep {
    if (thinning < 1 || squeeze < 1 || (thinning > 1 && squeeze > 1)) {
      throw new IllegalArgumentException(
          "thinning and squeeze are %d and %d, must be at least 1, and one of them 1"
              .formatted(thinning, squeeze));
    }
    if (sourceSeconds < squeeze || sourceSeconds % squeeze != 0) {
      throw new IllegalArgumentException(
          "sourceSeconds is " + sourceSeconds + ", must be a multiple of " + squeeze);
    }
  }

  /** The rate of the replay as a multiple of the sample's. */
  public double factor() {
    return (double) squeeze / thinning;
  }

  /** How much time the replay's rows cover. */
  public long seconds() {
    return sourceSeconds / squeeze;
  }
}
