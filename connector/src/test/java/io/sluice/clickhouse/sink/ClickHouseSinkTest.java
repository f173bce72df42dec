package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.clickhouse.block.Column;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** What becomes of a sink in a job's graph. */
class ClickHouseSinkTest {
  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment().enableCheckpointing(1_000);

  private static ClickHouseSink<Long> sinkOfTwoLanes() {
    return ClickHouseSink.<Long>builder()
        .table("db", "numbers", List.of(Column.uint64("number", n -> n)), n -> 0)
        .endpoints(List.of(URI.create("http://a:8123"), URI.create("http://b:8123")))
        .build();
  }

  @Test
  void itsOperatorsRunOncePerEndpointWhateverComesBefore() {
    env.setParallelism(4);
    ClickHouseSink<Long> sink = sinkOfTwoLanes();
    env.fromSequence(1, 9).sinkTo(sink).setParallelism(sink.lanes()).name("sink").uid("sink");

    Map<String, Integer> parallelism = new HashMap<>();
    for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
      parallelism.put(node.getOperatorName(), node.getParallelism());
    }

    assertThat(parallelism)
        .containsEntry("sink: Encode", 2)
        .containsEntry("sink: Checkpoint notifier", 2)
        .containsEntry("sink: Writer", 2);
  }

  @Test
  void refusesAJobThatCannotKeepThePromise() {
    assertRefused(
        StreamExecutionEnvironment.getExecutionEnvironment(), "execution.checkpointing.interval");
    env.getCheckpointConfig().setCheckpointingConsistencyMode(CheckpointingMode.AT_LEAST_ONCE);
    assertRefused(env, "execution.checkpointing.mode");
    env.getCheckpointConfig().setCheckpointingConsistencyMode(CheckpointingMode.EXACTLY_ONCE);
    env.disableOperatorChaining();
    assertRefused(env, "pipeline.operator-chaining.enabled");
    env.setRuntimeMode(RuntimeExecutionMode.AUTOMATIC);
    assertRefused(env, "execution.runtime-mode");
  }

  @Test
  void refusesAJobWhoseCheckpointsMayEndBeforeItsInput() {
    env.configure(
        new Configuration().set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false));
    assertRefused(env, "execution.checkpointing.checkpoints-after-tasks-finish");
    env.configure(
        new Configuration()
            .set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, true)
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG, Duration.ZERO));
    assertRefused(env, "execution.checkpointing.interval-during-backlog");
  }

  private static void assertRefused(StreamExecutionEnvironment env, String setting) {
    env.fromSequence(1, 9).sinkTo(sinkOfTwoLanes()).setParallelism(2).uid("sink");
    assertThatIllegalStateException()
        .isThrownBy(env::getStreamGraph)
        .withMessageStartingWith(setting);
  }

  @Test
  void eitherHoldsItsSourceOrAcceptsWhateverComes() {
    ClickHouseSink<Long> sink =
        ClickHouseSink.<Long>builder()
            .table("db", "totals", List.of(Column.uint64("number", n -> n)), n -> 0)
            .endpoints(List.of(URI.create("http://a:8123")))
            .acceptWhenFull()
            .build();

    assertThatIllegalStateException()
        .isThrownBy(() -> sink.hold(new NumberSequenceSource(1, 9), Types.LONG))
        .withMessageContaining("db.totals")
        .withMessageContaining("acceptWhenFull");
  }

  @Test
  void standsInOnePlaceOnly() {
    ClickHouseSink<Long> sink = sinkOfTwoLanes();
    env.setParallelism(2);
    env.fromSequence(1, 9).sinkTo(sink).uid("once");
    env.fromSequence(1, 9).sinkTo(sink).uid("twice");

    assertThatIllegalStateException()
        .isThrownBy(env::getStreamGraph)
        .withMessageContaining("db.numbers is used twice");
  }
}
