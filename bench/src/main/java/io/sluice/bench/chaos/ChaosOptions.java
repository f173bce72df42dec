package io.sluice.bench.chaos;

/**
 * What a campaign does.
 *
 * @param seed of the faults and of the logs
 * @param rounds each of which ends with an audit
 * @param faultsPerRound of all kinds in turn
 * @param recordsPerSecond produced all the while
 */
public record ChaosOptions(long seed, int rounds, int faultsPerRound, double recordsPerSecond) {
  public ChaosOptions {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds is " + rounds + ", must be 1 or more");
    }
    if (faultsPerRound < 1 || faultsPerRound > 1_000) {
      throw new IllegalArgumentException(
          "faults per round is " + faultsPerRound + ", must be 1 to 1000");
    }
    if (!(recordsPerSecond > 0)) {
      throw new IllegalArgumentException("rate is " + recordsPerSecond + ", must be above 0");
    }
  }
}
