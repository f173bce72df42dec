package io.sluice.ops.capacity;

import java.util.ArrayList;
import java.util.List;

/**
 * Which replays are made of a sample.
 *
 * @param slowest the slowest replay leaves one row in so many, a power of 2
 * @param fastest the fastest is so many times the sample's rate, a power of 2
 * @param rowsPerReplay roughly; the replays that need whole days take what these have
 */
public record ReplayPlan(int slowest, int fastest, long rowsPerReplay) {
  private static final long DAY = Level.Span.DAY.seconds;

  public ReplayPlan {
    if (Integer.bitCount(slowest) != 1 || Integer.bitCount(fastest) != 1) {
      throw new IllegalArgumentException(
          "slowest and fastest are " + slowest + " and " + fastest + ", must be powers of 2");
    }
  }

  /** From a 64th of the sample's rate to a thousand times of it, as far as the sample reaches. */
  public static ReplayPlan usual() {
    return new ReplayPlan(64, 1024, 1_000_000);
  }

  List<ReplayStep> steps(int days, long rows) {
    List<ReplayStep> steps = new ArrayList<>();
    for (int thinning = slowest; thinning > 1; thinning /= 2) {
      steps.add(new ReplayStep(thinning, 1, days * DAY));
    }
    for (int some = 1; some < days; some *= 2) {
      steps.add(new ReplayStep(1, 1, some * DAY));
    }
    steps.add(new ReplayStep(1, 1, days * DAY));
    for (int squeeze = 2; squeeze <= fastest; squeeze *= 2) {
      long seconds = squeezed(days, rows, squeeze);
      if (seconds > 0) {
        steps.add(new ReplayStep(1, squeeze, seconds * squeeze));
      }
    }
    return steps;
  }

  /**
   * Whole days if the sample has them, else whole hours, else minutes; 0 if not even one. Of hours
   * and minutes enough for a day of the sample, so that its night and its peak are in them.
   */
  private long squeezed(int days, long rows, int squeeze) {
    long most = days * DAY / squeeze;
    if (most >= DAY) {
      return most / DAY * DAY;
    }
    double rowsPerSecond = (double) rows * squeeze / (days * DAY);
    long unit = most >= Level.Span.HOUR.seconds ? Level.Span.HOUR.seconds : 60;
    long oneDay = (DAY + squeeze * unit - 1) / (squeeze * unit);
    long wanted = Math.max(oneDay, (long) (rowsPerReplay / rowsPerSecond / unit));
    return Math.min(wanted, most / unit) * unit;
  }
}
