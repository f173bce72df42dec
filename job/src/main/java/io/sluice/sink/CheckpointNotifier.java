package io.sluice.sink;

import io.sluice.block.LaneElement;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Passes blocks on, and the news that a checkpoint has completed after them: Flink tells operators,
 * but not the sink writers inside its own sink operator. Savepoints are left out, see {@link
 * CoveringSnapshots}.
 */
final class CheckpointNotifier extends AbstractStreamOperator<LaneElement>
    implements OneInputStreamOperator<LaneElement, LaneElement>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private transient CoveringSnapshots snapshots;
  private transient boolean inputEnded;

  @Override
  public void open() throws Exception {
    super.open();
    snapshots = new CoveringSnapshots();
  }

  @Override
  public void processElement(StreamRecord<LaneElement> element) {
    output.collect(element);
  }

  @Override
  public OperatorSnapshotFutures snapshotState(
      long checkpointId,
      long timestamp,
      CheckpointOptions checkpointOptions,
      CheckpointStreamFactory factory)
      throws Exception {
    snapshots.taken(checkpointId, checkpointOptions.getCheckpointType().isSavepoint());
    return super.snapshotState(checkpointId, timestamp, checkpointOptions, factory);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    // The sink operator takes no element after the end of its input.
    if (snapshots.coversWhenCompleted(checkpointId) && !inputEnded) {
      output.collect(new StreamRecord<>(new CheckpointCompleted(checkpointId)));
    }
  }

  @Override
  public void endInput() {
    inputEnded = true;
  }
}
