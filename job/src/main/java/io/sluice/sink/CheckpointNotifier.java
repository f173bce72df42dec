package io.sluice.sink;

import io.sluice.block.LaneElement;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Passes blocks on, and the news that a checkpoint has completed after them: Flink tells operators,
 * but not the sink writers inside its own sink operator.
 */
final class CheckpointNotifier extends AbstractStreamOperator<LaneElement>
    implements OneInputStreamOperator<LaneElement, LaneElement>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private transient boolean inputEnded;

  @Override
  public void processElement(StreamRecord<LaneElement> element) {
    output.collect(element);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    // The sink operator takes no element after the end of its input.
    if (!inputEnded) {
      output.collect(new StreamRecord<>(new CheckpointCompleted(checkpointId)));
    }
  }

  @Override
  public void endInput() {
    inputEnded = true;
  }
}
