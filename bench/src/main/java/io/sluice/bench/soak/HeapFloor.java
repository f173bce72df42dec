package io.sluice.bench.soak;

import io.sluice.ops.report.Quantiles;
import java.util.ArrayList;
import java.util.List;
import org.jfree.data.statistics.Regression;

/**
 * The heap in use right after each garbage collection, told by the JVM's count of collections: what
 * is alive, and what the collector did not bother to free. Not thread-safe.
 */
final class HeapFloor {
  private static final int PARTS = 3;
  private static final double SECONDS_PER_HOUR = 3_600;

  private final List<Point> points = new ArrayList<>();
  private long lastCollections = -1;
  private Point seenWithCollection;

  /** The floor at a moment, in seconds since the first record. */
  record Point(double seconds, double bytes) {}

  /**
   * Takes a reading. After a collection the lower one of two counts: the one that came with the
   * higher count may have been taken a moment before the collection, since Flink reads its figures
   * one after the other, and reading them is what makes most of the garbage.
   *
   * @param collections that the JVM has done since it started
   */
  void look(double seconds, double usedBytes, long collections) {
    if (seenWithCollection != null) {
      points.add(
          new Point(seenWithCollection.seconds(), Math.min(seenWithCollection.bytes(), usedBytes)));
      seenWithCollection = null;
    }
    if (lastCollections >= 0 && collections != lastCollections) {
      seenWithCollection = new Point(seconds, usedBytes);
    }
    lastCollections = collections;
  }

  List<Point> points() {
    return List.copyOf(points);
  }

  /** The last one in bytes; NaN if there was no collection yet. */
  double last() {
    return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).bytes();
  }

  /** The median in a third of the time, 0 to 2; NaN if there is none. */
  double ofThird(int part) {
    double end = points.isEmpty() ? 0 : points.get(points.size() - 1).seconds();
    List<Point> within =
        points.stream()
            .filter(point -> point.seconds() >= end * part / PARTS)
            .filter(point -> point.seconds() <= end * (part + 1) / PARTS)
            .toList();
    return within.isEmpty() ? Double.NaN : Quantiles.median(within, Point::bytes);
  }

  /** The slope of the least-squares line in percent of the mean; 0 with less than two points. */
  double percentPerHour() {
    if (points.size() < 2) {
      return 0;
    }
    double mean = points.stream().mapToDouble(Point::bytes).average().orElseThrow();
    double[][] data =
        points.stream()
            .map(point -> new double[] {point.seconds(), point.bytes()})
            .toArray(double[][]::new);
    return Regression.getOLSRegression(data)[1] * SECONDS_PER_HOUR / mean * 100;
  }
}
