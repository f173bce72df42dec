package io.sluice.bench.soak;

import io.sluice.ops.flink.CheckpointRecord;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every checkpoint once, as Flink's short history of them passes by. Not thread-safe. */
final class CheckpointLog {
  private static final CheckpointRecord NONE = new CheckpointRecord(0, "NONE", 0, 0, 0);

  private final SortedMap<Long, CheckpointRecord> seen = new TreeMap<>();

  void look(Collection<CheckpointRecord> history) {
    history.forEach(checkpoint -> seen.put(checkpoint.id(), checkpoint));
  }

  List<CheckpointRecord> completed() {
    return seen.values().stream().filter(CheckpointRecord::isCompleted).toList();
  }

  long failed() {
    return seen.values().stream().filter(CheckpointRecord::isFailed).count();
  }

  /** The last that completed; one of size 0 if there is none yet. */
  CheckpointRecord last() {
    return completed().stream().reduce((before, next) -> next).orElse(NONE);
  }

  /** The duration that a share of the checkpoints does not exceed; 0 if there is none. */
  long millisAt(double share) {
    List<Long> sorted =
        completed().stream().map(CheckpointRecord::durationMillis).sorted().toList();
    return sorted.isEmpty()
        ? 0
        : sorted.get(Math.max(1, (int) Math.ceil(share * sorted.size())) - 1);
  }

  long largestBytes() {
    return completed().stream().mapToLong(CheckpointRecord::stateBytes).max().orElse(0);
  }
}
