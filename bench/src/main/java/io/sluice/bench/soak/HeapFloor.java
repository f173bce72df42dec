package io.sluice.bench.soak;

import io.sluice.ops.report.Quantiles;
import java.util.ArrayList;
import java.util.List;

/**
 * The heap in use right after each garbage collection, told by the JVM's count of collections: what
 * is alive, and what the collector did not bother to free. Not thread-safe.
 */
final class HeapFloor {
  private static final int PARTS = 3;

  private final List<Trend.Point> points = new ArrayList<>();
  private long lastCollections = -1;
  private Trend.Point seenWithCollection;

  /**
   * Takes a reading. After a collection the lower one of two counts: the one that came with the
   * higher count may have been taken a moment before the collection, since Flink reads its figures
   * one after the other, and reading them is what makes most of the garbage.
   *
   * @param collections that the JVM has done since it started
   */
  void look(double seconds, long usedBytes, long collections) {
    if (seenWithCollection != null) {
      points.add(
          new Trend.Point(
              seenWithCollection.seconds(),
              Math.min(seenWithCollection.value(), (double) usedBytes)));
      seenWithCollection = null;
    }
    if (lastCollections >= 0 && collections != lastCollections) {
      seenWithCollection = new Trend.Point(seconds, usedBytes);
    }
    lastCollections = collections;
  }

  List<Trend.Point> points() {
    return List.copyOf(points);
  }

  /** The last one in bytes; NaN if there was no collection yet. */
  double last() {
    return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).value();
  }

  /** The median in the first third of the time; NaN if there is none. */
  double firstThird() {
    return median(0);
  }

  /** The median in the last third of the time. */
  double lastThird() {
    return median(PARTS - 1);
  }

  private double median(int part) {
    double end = points.isEmpty() ? 0 : points.get(points.size() - 1).seconds();
    List<Trend.Point> within =
        points.stream()
            .filter(point -> point.seconds() >= end * part / PARTS)
            .filter(point -> point.seconds() <= end * (part + 1) / PARTS)
            .toList();
    return within.isEmpty() ? Double.NaN : Quantiles.median(within, Trend.Point::value);
  }
}
