package io.sluice.sandbox.soak;

import java.util.HashMap;
import java.util.Map;

/**
 * Messages that Kafka deleted before a checkpoint of the job covered them. The count falls back
 * when the job skips the gap, hence the sum over all gaps. Not thread-safe.
 */
final class DeletedUnread {
  private final Map<Integer, Long> gaps = new HashMap<>();
  private long closedGaps;

  /**
   * Takes the state of a partition.
   *
   * @param earliest the first offset that Kafka still has
   * @param committed the first offset that no checkpoint covers
   */
  void look(int partition, long earliest, long committed) {
    long gap = Math.max(0, earliest - committed);
    long before = gaps.getOrDefault(partition, 0L);
    if (gap < before) {
      closedGaps += before;
    }
    gaps.put(partition, gap);
  }

  long total() {
    return closedGaps + gaps.values().stream().mapToLong(Long::longValue).sum();
  }
}
