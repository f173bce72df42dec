package io.sluice.clickhouse.sink;

import java.util.TreeSet;

/**
 * Which snapshots, once completed, cover what they hold: checkpoints, but no savepoints.
 *
 * <p>After a failure a job restarts from its latest checkpoint, even if a savepoint is younger.
 * Flink does not notify operators of a plain savepoint's completion, but of that of a savepoint to
 * stop with, and the job may still fail to stop and restart from the checkpoint before it. Rows
 * sent because the savepoint had completed would then be read again and stored twice, and a batch
 * stored before it would be sent again although it was no longer counted as in doubt.
 */
final class CoveringSnapshots {
  private final TreeSet<Long> savepoints = new TreeSet<>();

  /** A snapshot was taken. */
  void taken(long id, boolean isSavepoint) {
    if (isSavepoint) {
      savepoints.add(id);
    }
  }

  /** A snapshot has completed; whether it covers what it holds. */
  boolean coversWhenCompleted(long id) {
    boolean covers = !savepoints.contains(id);
    savepoints.headSet(id, true).clear();
    return covers;
  }
}
