package io.sluice.bench.stack;

import java.time.Duration;

/**
 * CPU time that a process took for some work.
 *
 * @param total user and system time while the work went on
 * @param wall how long that was
 * @param idleCores CPU seconds per second that the process takes without work
 */
record CpuUse(Duration total, Duration wall, double idleCores) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLION = 1e6;

  CpuUse {
    if (total.isNegative() || wall.isNegative() || !(idleCores >= 0)) {
      throw new IllegalArgumentException(
          "total %s, wall %s and idleCores %s must be 0 or more".formatted(total, wall, idleCores));
    }
  }

  /** Cores that a process keeps busy: the idle baseline, if it had nothing to do. */
  static double cores(Duration cpu, Duration wall) {
    return cpu.toNanos() / (double) wall.toNanos();
  }

  /** The total less what the process would have taken without the work; never below 0. */
  double seconds() {
    return Math.max(0, (total.toNanos() - idleCores * wall.toNanos()) / NANOS_PER_SECOND);
  }

  double secondsPerMillion(long records) {
    return seconds() / (records / MILLION);
  }
}
