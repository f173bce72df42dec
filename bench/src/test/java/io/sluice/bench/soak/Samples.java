package io.sluice.bench.soak;

import java.util.Map;

/** Samples for tests. */
final class Samples {
  private Samples() {}

  static Sample at(double seconds, long stored) {
    return new Sample(
        Map.ofEntries(
            Map.entry(Figure.SECONDS, seconds),
            Map.entry(Figure.PRODUCED, stored + 5.0),
            Map.entry(Figure.STORED, (double) stored),
            Map.entry(Figure.BUFFERED_BYTES, 2.0 * (1 << 20)),
            Map.entry(Figure.BUFFER_LIMIT_SHARE, 0.25),
            Map.entry(Figure.OLDEST_UNSENT_SECONDS, 12.5),
            Map.entry(Figure.SOURCE_HELD, 1.0),
            Map.entry(Figure.KAFKA_UNCOVERED, 17.0),
            Map.entry(Figure.KAFKA_DELETED_UNCOVERED, 4.0),
            Map.entry(Figure.HEAP_USED_BYTES, 100.0),
            Map.entry(Figure.LATENCY_P99_SECONDS, Double.NaN)));
  }
}
