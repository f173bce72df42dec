package io.sluice.ops.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Quantiles of a handful of readings. Every answer is a reading, none is interpolated. */
public final class Quantiles {
  private final double[] sorted;

  public Quantiles(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values is empty, must have one at least");
    }
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  public static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
    return new Quantiles(rounds.stream().mapToDouble(figure).toArray()).at(0.5);
  }

  /**
   * The nearest-rank quantile: the least value that {@code share} of the values do not exceed.
   *
   * @param share above 0, at most 1
   */
  public double at(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share is " + share + ", must be above 0 and at most 1");
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[rank - 1];
  }

  public double largest() {
    return sorted[sorted.length - 1];
  }
}
