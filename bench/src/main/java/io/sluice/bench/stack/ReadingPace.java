package io.sluice.bench.stack;

import java.util.OptionalDouble;

/**
 * How fast the job reads, from a counter that is looked at now and then. Timed from the first look
 * that saw records to the first that saw all of them, so the start of the job and the wait for its
 * last request are left out; true to the distance between looks. Not thread-safe.
 */
final class ReadingPace {
  private final long records;
  private boolean begun;
  private boolean ended;
  private long firstNanos;
  private long firstCount;
  private long lastNanos;

  /**
   * @param records how many there are to read
   */
  ReadingPace(long records) {
    this.records = records;
  }

  /**
   * One look at the counter.
   *
   * @param count records read so far
   */
  void look(long nanos, long count) {
    if (count > 0 && !begun) {
      begun = true;
      firstNanos = nanos;
      firstCount = count;
    }
    if (count >= records && !ended) {
      ended = true;
      lastNanos = nanos;
    }
  }

  /** Empty if the end was not seen, or everything was read between two looks. */
  OptionalDouble recordsPerSecond() {
    return ended && lastNanos > firstNanos
        ? OptionalDouble.of((records - firstCount) / ((lastNanos - firstNanos) / 1e9))
        : OptionalDouble.empty();
  }
}
