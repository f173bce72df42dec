package io.sluice.bench.soak;

import java.util.List;

/**
 * The straight line with the least squares of distances to some readings.
 *
 * @param perSecond its slope
 * @param mean of the readings
 */
record Trend(double perSecond, double mean) {
  private static final double SECONDS_PER_HOUR = 3_600;

  /**
   * @param points none or one give a level line
   */
  static Trend of(List<Point> points) {
    double meanSeconds = points.stream().mapToDouble(Point::seconds).average().orElse(0);
    double mean = points.stream().mapToDouble(Point::value).average().orElse(0);
    double covariance = 0;
    double variance = 0;
    for (Point point : points) {
      double distance = point.seconds() - meanSeconds;
      covariance += distance * (point.value() - mean);
      variance += distance * distance;
    }
    return new Trend(variance == 0 ? 0 : covariance / variance, mean);
  }

  /** The slope in percent of the mean; 0 if that is 0. */
  double percentPerHour() {
    return mean == 0 ? 0 : perSecond * SECONDS_PER_HOUR / mean * 100;
  }

  /**
   * A reading.
   *
   * @param seconds since the first record
   */
  record Point(double seconds, double value) {}
}
