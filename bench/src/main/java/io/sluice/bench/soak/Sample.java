package io.sluice.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything at one moment. What could not be asked is as it was the last time. */
record Sample(Map<Figure, Double> figures) {
  private static final double MIB = 1 << 20;
  private static final int MOST_LINES = 400;

  Sample {
    figures = Map.copyOf(figures);
  }

  /** NaN if it is not known. */
  double get(Figure figure) {
    return figures.getOrDefault(figure, Double.NaN);
  }

  String line() {
    String deleted = " | DELETED %,.0f".formatted(get(Figure.KAFKA_DELETED_UNCOVERED));
    return ("%5.0f s | produced %,.0f | http_log %,.0f | totals %,.0f | buffer %.1f MiB, %.0f%%%s"
            + " | oldest %.0f s | heap %.0f MiB | checkpoint %,.0f ms"
            + " | requests %,.0f accepted, %,.0f turned away, %,.0f again%s")
        .formatted(
            get(Figure.SECONDS),
            get(Figure.PRODUCED),
            get(Figure.STORED),
            get(Figure.TOTALS),
            get(Figure.BUFFERED_BYTES) / MIB,
            get(Figure.BUFFER_LIMIT_SHARE) * 100,
            get(Figure.SOURCE_HELD) > 0 ? ", SOURCE HELD" : "",
            get(Figure.OLDEST_UNSENT_SECONDS),
            get(Figure.HEAP_USED_BYTES) / MIB,
            get(Figure.CHECKPOINT_MILLIS),
            get(Figure.REQUESTS_ACCEPTED),
            get(Figure.REQUESTS_TURNED_AWAY),
            get(Figure.REQUESTS_RETRIED),
            get(Figure.KAFKA_DELETED_UNCOVERED) > 0 ? deleted : "");
  }

  /**
   * Comma-separated values: a head line, then a line each; what is not known is empty. Of more than
   * 400 samples, every second, third, … is taken.
   */
  static String csv(List<Sample> samples) {
    List<String> lines = new ArrayList<>();
    lines.add(Stream.of(Figure.values()).map(Figure::toString).collect(Collectors.joining(",")));
    int step = Math.max(1, (samples.size() + MOST_LINES - 1) / MOST_LINES);
    for (int i = 0; i < samples.size(); i += step) {
      Sample sample = samples.get(i);
      lines.add(
          Stream.of(Figure.values())
              .map(figure -> number(sample.get(figure)))
              .collect(Collectors.joining(",")));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) ? Long.toString((long) value) : "%.3f".formatted(value);
  }
}
