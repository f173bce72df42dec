package io.sluice.bench.queries;

import io.sluice.ops.report.Quantiles;
import java.util.List;

/** How long the runs of one statement took, in milliseconds. */
record Timing(double medianMillis, double p95Millis) {
  /**
   * @param millis one at least
   */
  static Timing of(List<Double> millis) {
    Quantiles quantiles = new Quantiles(millis.stream().mapToDouble(Double::doubleValue).toArray());
    return new Timing(quantiles.at(0.5), quantiles.at(0.95));
  }
}
