package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.LaneElement;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;

/**
 * Tells the writer, in band, of time and of the savepoint that a job is stopped with.
 *
 * <p>Whether a batch in an ordinary checkpoint was sent between the checkpoint and a crash cannot
 * be known. For a batch in the savepoint of a stop it can, on one condition: what was never sent
 * before the savepoint is not sent until a later checkpoint has completed, neither by the job that
 * stops nor by one that starts from the savepoint, which may fail and start from it again.
 */
enum LaneSignal implements LaneElement {
  /** The window has opened, or a delay is over. */
  TIMER_FIRED,
  /** The snapshot that was just taken is such a savepoint. */
  STOP_TAKEN,
  /** The writer was restored from such a savepoint. */
  STOP_RESTORED;

  static boolean isStop(SnapshotType type) {
    return type instanceof SavepointType savepoint && savepoint.isSynchronous();
  }

  /**
   * Whether a snapshot is one of a stop.
   *
   * @param stored what it says of itself; null if an older release took it
   */
  static boolean isStop(Boolean stored) {
    return Boolean.TRUE.equals(stored);
  }
}
