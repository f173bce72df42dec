package io.sluice.bench.stack;

import io.sluice.ops.metrics.JobMetrics;

/**
 * What the job held at a moment.
 *
 * @param rows open and frozen
 * @param bytes of them, compressed
 */
record BufferReading(long rows, long bytes) {
  static BufferReading of(JobMetrics metrics) {
    return new BufferReading(
        metrics.sum("openRows") + metrics.sum("frozenRows"),
        metrics.sum("openBytes") + metrics.sum("frozenBytes"));
  }

  /** The one with fewer rows. */
  BufferReading least(BufferReading other) {
    return other.rows < rows ? other : this;
  }
}
