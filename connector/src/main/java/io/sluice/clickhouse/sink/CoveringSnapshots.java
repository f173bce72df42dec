package io.sluice.clickhouse.sink;

import java.util.TreeSet;

/**
 * Which snapshots, once completed, cover what they hold: checkpoints, but no savepoints.
 *
 * <p>After a failure a job restarts from its latest checkpoint, even if a savepoint is younger. Of
 * a plain savepoint's completion Flink tells nobody; of that of a savepoint to stop with it does,
 * while the job may still fail to stop and restart from the checkpoint before. What was sent
 * meanwhile on the savepoint's word would be read again and stored twice, and what was stored
 * before it would come again though it had been taken for settled.
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
