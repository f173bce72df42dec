package io.sluice.bench.soak;

import io.sluice.ops.flink.CheckpointRecord;

/** Samples for tests. */
final class Samples {
  private Samples() {}

  static Sample at(double seconds, long stored) {
    return new Sample(
        seconds,
        new Sample.Rows(stored + 5, stored, stored),
        new Sample.Buffer(1 << 20, 1 << 20, 8 << 20, 12.5, true),
        new Sample.Kafka(17, 4),
        new Sample.Memory(100, Double.NaN, 300, 50),
        new Sample.Requests(3, 2, 1),
        Sample.Latency.UNKNOWN,
        new CheckpointRecord(9, "COMPLETED", 0, 44, 1_000));
  }
}
