package io.sluice.bench.queries;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sluice.ops.report.Quantiles;
import java.util.List;

/**
 * How long the runs of one statement took, in milliseconds.
 *
 * @param runs fewer than wanted where each took long
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Timing(
    int runs, double medianMillis, @JsonProperty("p95_millis") double p95Millis, double maxMillis) {
  /**
   * @param millis one at least
   */
  static Timing of(List<Double> millis) {
    Quantiles quantiles = new Quantiles(millis.stream().mapToDouble(Double::doubleValue).toArray());
    return new Timing(
        millis.size(),
        hundredths(quantiles.at(0.5)),
        hundredths(quantiles.at(0.95)),
        hundredths(quantiles.largest()));
  }

  static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
