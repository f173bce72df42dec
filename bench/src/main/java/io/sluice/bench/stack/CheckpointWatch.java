package io.sluice.bench.stack;

import io.sluice.ops.flink.CheckpointRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects the checkpoints that were triggered after a moment, each once, as Flink's short history
 * of them passes by. Not thread-safe.
 */
public final class CheckpointWatch {
  private final long afterEpochMilli;
  private final SortedMap<Long, CheckpointRecord> seen = new TreeMap<>();

  public CheckpointWatch(Instant after) {
    this.afterEpochMilli = after.toEpochMilli();
  }

  public void look(Collection<CheckpointRecord> history) {
    for (CheckpointRecord checkpoint : history) {
      if (checkpoint.triggeredAtEpochMilli() >= afterEpochMilli) {
        seen.put(checkpoint.id(), checkpoint);
      }
    }
  }

  /** Those that have completed, oldest first. */
  public List<CheckpointRecord> completed() {
    return seen.values().stream().filter(CheckpointRecord::isCompleted).toList();
  }

  public long failed() {
    return seen.values().stream().filter(CheckpointRecord::isFailed).count();
  }
}
