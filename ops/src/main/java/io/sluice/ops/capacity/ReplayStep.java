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
  public double factor() {
    return (double) squeeze / thinning;
  }

  public long seconds() {
    return sourceSeconds / squeeze;
  }
}
