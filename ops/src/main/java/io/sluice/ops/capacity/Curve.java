package io.sluice.ops.capacity;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A positive quantity by another, known at some points. Between them it is a power of the other (a
 * straight line in logarithms); beyond them the power of the last two points is continued.
 */
final class Curve {
  private final NavigableMap<Double, Double> logs = new TreeMap<>();

  /**
   * @param points at least one, all numbers above 0
   */
  Curve(Map<Double, Double> points) {
    points.forEach((x, y) -> logs.put(logOf(x), logOf(y)));
    if (logs.isEmpty()) {
      throw new IllegalArgumentException("points are none, must be at least one");
    }
  }

  private static double logOf(double number) {
    if (!(number > 0) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("point has " + number + ", must be above 0");
    }
    return Math.log(number);
  }

  double at(double x) {
    double log = logOf(x);
    if (logs.size() == 1) {
      return Math.exp(logs.firstEntry().getValue());
    }
    double right = logs.higherKey(log) == null ? logs.lastKey() : logs.higherKey(log);
    if (right == logs.firstKey()) {
      right = logs.higherKey(right);
    }
    Map.Entry<Double, Double> from = logs.lowerEntry(right);
    double slope = (logs.get(right) - from.getValue()) / (right - from.getKey());
    return Math.exp(from.getValue() + slope * (log - from.getKey()));
  }

  /** Whether a value lies outside of the points; by a hundredth is not outside. */
  boolean isExtrapolated(double x) {
    return Math.log(x) > logs.lastKey() + 0.01 || Math.log(x) < logs.firstKey() - 0.01;
  }

  double lastPoint() {
    return Math.exp(logs.lastKey());
  }
}
