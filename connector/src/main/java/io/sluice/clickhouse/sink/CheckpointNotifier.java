package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.LaneElement;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Passes blocks on, and the news that a checkpoint has completed after them: Flink tells operators,
 * but not the sink writers inside its own sink operator. Savepoints are left out, see {@link
 * CoveringSnapshots}.
 *
 * <p>It also tells of a stop's savepoint ({@link LaneSignal}), whose kind a writer does not see.
 * Flink takes the snapshots of a chain in one action of the task thread, from the tail to the head,
 * and restores and opens it in the same order: so the writer's snapshot is taken before the mark
 * reaches it, and no request begins in between; and the mark of a restore reaches it before its
 * first request. Topology refuses a job whose operators are not chained.
 *
 * <pre>
 * state, broadcast "stop-savepoint": "is": boolean, the snapshot is one of a stop
 * </pre>
 *
 * <p>Broadcast, so that each lane of a job with more lanes has it. A union list would do as well,
 * but while an operator has one Flink completes no checkpoint once a subtask has finished and
 * others have not: a bounded job of two lanes would never end.
 */
final class CheckpointNotifier extends AbstractStreamOperator<LaneElement>
    implements OneInputStreamOperator<LaneElement, LaneElement>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private static final MapStateDescriptor<String, Boolean> STOP =
      new MapStateDescriptor<>(
          "stop-savepoint", StringSerializer.INSTANCE, BooleanSerializer.INSTANCE);

  private static final String IS = "is";

  private transient CoveringSnapshots snapshots;
  private transient BroadcastState<String, Boolean> stop;
  private transient boolean stopping;
  private transient boolean inputEnded;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    stop = context.getOperatorStateStore().getBroadcastState(STOP);
  }

  @Override
  public void open() throws Exception {
    super.open();
    snapshots = new CoveringSnapshots();
    if (LaneSignal.isStop(stop.get(IS))) {
      output.collect(new StreamRecord<>(LaneSignal.STOP_RESTORED));
    }
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
    SnapshotType type = checkpointOptions.getCheckpointType();
    snapshots.taken(checkpointId, type.isSavepoint());
    // The sink operator takes no element after the end of its input; then nothing is unsent either.
    stopping = LaneSignal.isStop(type) && !inputEnded;
    OperatorSnapshotFutures state =
        super.snapshotState(checkpointId, timestamp, checkpointOptions, factory);
    if (stopping) {
      output.collect(new StreamRecord<>(LaneSignal.STOP_TAKEN));
    }
    return state;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    stop.put(IS, stopping);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    if (snapshots.coversWhenCompleted(checkpointId) && !inputEnded) {
      output.collect(new StreamRecord<>(new CheckpointCompleted(checkpointId)));
    }
  }

  @Override
  public void endInput() {
    inputEnded = true;
  }
}
