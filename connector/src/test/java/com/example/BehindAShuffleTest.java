package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Column;
import io.sluice.clickhouse.block.NativeBlockReader;
import io.sluice.clickhouse.sink.ClickHouseSink;
import io.sluice.clickhouse.testing.FakeClickHouse;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sink that no source is held by: what it buffers is a fraction of what comes. */
class BehindAShuffleTest {
  private static final long NUMBERS = 200_000;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  @Test
  void aFullBufferBlocksItsInputAndCheckpointsCompleteAllTheSame() throws Exception {
    try (FakeClickHouse clickHouse = new FakeClickHouse()) {
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(
              new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
      ClickHouseSink<Long> sink =
          ClickHouseSink.<Long>builder()
              .table(
                  "demo",
                  "numbers",
                  // Spread, so that compression does not make them too few bytes to fill a buffer.
                  List.of(Column.uint64("number", n -> n * 0x9E3779B97F4A7C15L)),
                  n -> System.currentTimeMillis())
              .endpoints(List.of(clickHouse.url()))
              .window(Duration.ofMillis(1))
              .maxRequestSize(new MemorySize(64 << 10))
              .maxBufferSize(new MemorySize(64 << 10))
              .build();
      env.setParallelism(1);
      env.enableCheckpointing(20);
      env.fromSequence(1, NUMBERS).uid("numbers").rebalance().sinkTo(sink).uid("sink");

      env.execute("numbers");

      assertThat(
              clickHouse.stored().stream()
                  .flatMap(request -> NativeBlockReader.readBody(request.body()).stream())
                  .flatMap(block -> block.values().get("number").stream())
                  .map(value -> (Long) value))
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, NUMBERS)
                  .map(n -> n * 0x9E3779B97F4A7C15L)
                  .boxed()
                  .toList());
      assertThat(clickHouse.stored().size()).isGreaterThan(10);
    }
  }
}
