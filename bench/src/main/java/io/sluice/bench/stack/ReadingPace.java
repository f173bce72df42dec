package io.sluice.bench.stack;

/**
 * How fast the job reads, from a counter that is looked at now and then. Timed from the first look
 * that saw records to the first that saw all of them, so the start of the job and the wait for its
 * last request are left out; true to the distance between looks. Not thread-safe.
 */
final class ReadingPace {
  private final long records;
  private long firstNanos;
  private long firstCount;
  private Double recordsPerSecond;

  ReadingPace(long records) {
    this.records = records;
  }

  void look(long nanos, long count) {
    if (firstCount == 0) {
      firstNanos = nanos;
      firstCount = count;
    } else if (count >= records && firstCount < records && recordsPerSecond == null) {
      recordsPerSecond = (records - firstCount) / ((nanos - firstNanos) / 1e9);
    }
  }

  /** Null if the end was not seen, or everything was read between two looks. */
  Double recordsPerSecond() {
    return recordsPerSecond;
  }
}
