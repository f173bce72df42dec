package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.block.LaneElement;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointType;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointNotifierTest {
  private static final long NOW = 1;

  private OneInputStreamOperatorTestHarness<LaneElement, LaneElement> operator;

  @BeforeEach
  void open() throws Exception {
    operator = new OneInputStreamOperatorTestHarness<>(new CheckpointNotifier());
    operator.open();
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void tellsOfACompletedCheckpoint() throws Exception {
    operator.snapshotWithLocalState(7, NOW, CheckpointType.CHECKPOINT);
    operator.notifyOfCompletedCheckpoint(7);

    assertThat(operator.extractOutputValues()).containsExactly(new CheckpointCompleted(7));
  }

  /** The job may fail before it has stopped, and then restarts from the checkpoint before. */
  @Test
  void keepsQuietAboutTheSavepointThatTheJobStopsWith() throws Exception {
    operator.snapshotWithLocalState(7, NOW, CheckpointType.CHECKPOINT);
    operator.snapshotWithLocalState(8, NOW, SavepointType.suspend(SavepointFormatType.CANONICAL));
    operator.notifyOfCompletedCheckpoint(8);
    assertThat(operator.extractOutputValues()).isEmpty();

    operator.snapshotWithLocalState(9, NOW, CheckpointType.CHECKPOINT);
    operator.notifyOfCompletedCheckpoint(9);
    assertThat(operator.extractOutputValues()).containsExactly(new CheckpointCompleted(9));
  }

  @Test
  void passesElementsOn() throws Exception {
    operator.processElement(Blocks.block(10), NOW);

    assertThat(operator.extractOutputValues()).containsExactly(Blocks.block(10));
  }

  @Test
  void keepsQuietAfterTheEndOfInput() throws Exception {
    operator.endInput();
    operator.snapshotWithLocalState(7, NOW, CheckpointType.CHECKPOINT);
    operator.notifyOfCompletedCheckpoint(7);

    assertThat(operator.extractOutputValues()).isEmpty();
  }
}
