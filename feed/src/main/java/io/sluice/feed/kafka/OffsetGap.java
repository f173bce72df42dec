package io.sluice.feed.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Offsets that Kafka did not hand out: after the record before {@code from} came the one at {@code
 * to}.
 *
 * @param from the offset that was expected
 * @param to the offset that came, greater than {@code from}
 */
record OffsetGap(TopicPartition partition, long from, long to) {
  OffsetGap {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "from: " + from + ", to: " + to + ", must be 0 <= from < to");
    }
  }

  long offsets() {
    return to - from;
  }

  /**
   * How many of these offsets lie below the start of the partition's log, hence were deleted. What
   * lies above it is still there: commit markers of transactions, aborted and compacted records.
   */
  long deleted(long logStartOffset) {
    return Math.max(0, Math.min(to, logStartOffset) - from);
  }
}
