package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.LaneElement;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;

/**
 * Tells the writer, in band, of the savepoint that a job is stopped with.
 *
 * <p>Of a batch in an ordinary checkpoint nobody knows later whether it was sent between the
 * checkpoint and a crash. Of one in the savepoint of a stop it is known, if nothing that was never
 * sent before is sent until a checkpoint after it has completed: neither by the job that stops, nor
 * by one that starts from it, since that may fail and start from it again.
 */
enum StopMark implements LaneElement {
  /** The snapshot that was just taken is such a savepoint. */
  TAKEN,
  /** The writer was restored from such a savepoint. */
  RESTORED;

  static boolean isTakenBy(SnapshotType type) {
    return type instanceof SavepointType savepoint && savepoint.isSynchronous();
  }

  /**
   * Whether a snapshot is one of a stop.
   *
   * @param stored what it says of itself; null if an older release took it
   */
  static boolean isIn(Boolean stored) {
    return Boolean.TRUE.equals(stored);
  }
}
