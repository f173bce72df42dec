package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Blocks;
import io.sluice.clickhouse.block.LaneElement;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointNotifierTest {
  private static final long NOW = 1;
  private static final SavepointType STOP = SavepointType.suspend(SavepointFormatType.CANONICAL);

  private OneInputStreamOperatorTestHarness<LaneElement, LaneElement> operator;

  @BeforeEach
  void open() throws Exception {
    operator = new OneInputStreamOperatorTestHarness<>(new CheckpointNotifier());
    // Otherwise the harness would take one that only knows the class of the first element.
    operator.setup(new KryoSerializer<>(LaneElement.class, new SerializerConfigImpl()));
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
    operator.snapshotWithLocalState(8, NOW, STOP);
    operator.notifyOfCompletedCheckpoint(8);
    assertThat(operator.extractOutputValues()).containsExactly(LaneSignal.STOP_TAKEN);

    operator.snapshotWithLocalState(9, NOW, CheckpointType.CHECKPOINT);
    operator.notifyOfCompletedCheckpoint(9);
    assertThat(operator.extractOutputValues())
        .containsExactly(LaneSignal.STOP_TAKEN, new CheckpointCompleted(9));
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void tellsAWriterThatStartsFromAStopsSavepointAndNoOther(SnapshotType type, boolean isOfStop)
      throws Exception {
    OperatorSubtaskState state =
        operator.snapshotWithLocalState(8, NOW, type).getJobManagerOwnedState();
    assertThat(operator.extractOutputValues().contains(LaneSignal.STOP_TAKEN)).isEqualTo(isOfStop);

    assertThat(outputOfARestart(state).contains(LaneSignal.STOP_RESTORED)).isEqualTo(isOfStop);
  }

  static List<Arguments> snapshots() {
    return List.of(
        Arguments.of(CheckpointType.CHECKPOINT, false),
        Arguments.of(SavepointType.savepoint(SavepointFormatType.CANONICAL), false),
        Arguments.of(STOP, true),
        Arguments.of(SavepointType.terminate(SavepointFormatType.NATIVE), true));
  }

  /** It may be sent then, and a failure brings that checkpoint back. */
  @Test
  void theFirstCheckpointAfterAStopIsAnOrdinaryOne() throws Exception {
    operator.snapshotWithLocalState(8, NOW, STOP);
    OperatorSubtaskState next =
        operator
            .snapshotWithLocalState(9, NOW, CheckpointType.CHECKPOINT)
            .getJobManagerOwnedState();

    assertThat(outputOfARestart(next)).isEmpty();
  }

  @Test
  void everyLaneOfAJobWithMoreLanesKnowsOfTheStop() throws Exception {
    OperatorSubtaskState ofOneLane =
        operator.snapshotWithLocalState(8, NOW, STOP).getJobManagerOwnedState();

    for (int lane = 0; lane < 3; lane++) {
      OperatorSubtaskState state =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(ofOneLane, 128, 1, 3, lane);
      assertThat(outputOfARestart(state))
          .as("lane " + lane)
          .containsExactly(LaneSignal.STOP_RESTORED);
    }
  }

  @Test
  void marksNoStopAfterTheEndOfInput() throws Exception {
    operator.endInput();
    OperatorSubtaskState state =
        operator.snapshotWithLocalState(8, NOW, STOP).getJobManagerOwnedState();

    assertThat(operator.extractOutputValues()).isEmpty();
    assertThat(outputOfARestart(state)).isEmpty();
  }

  private static List<LaneElement> outputOfARestart(OperatorSubtaskState state) throws Exception {
    OneInputStreamOperatorTestHarness<LaneElement, LaneElement> restarted =
        new OneInputStreamOperatorTestHarness<>(new CheckpointNotifier());
    try {
      restarted.initializeState(state);
      restarted.open();
      return restarted.extractOutputValues();
    } finally {
      restarted.close();
    }
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
