package io.sluice.bench.soak;

import java.util.List;

/**
 * A line in a plot.
 *
 * @param name in the legend
 * @param colour as SVG takes it
 * @param widthPixels of the line
 * @param points in the order of time; NaN leaves a gap
 */
record Series(String name, String colour, double widthPixels, List<Point> points) {
  Series {
    points = List.copyOf(points);
  }

  double max() {
    return points.stream()
        .mapToDouble(Point::value)
        .filter(value -> !Double.isNaN(value))
        .max()
        .orElse(0);
  }
}
