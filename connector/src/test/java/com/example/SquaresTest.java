package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.NativeBlockReader;
import io.sluice.clickhouse.testing.FakeClickHouse;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job by somebody who has the connector's public classes and nothing else. */
class SquaresTest {
  private static final long NUMBERS = 10_000;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  @Test
  void storesEachNumberAndItsSquareOnce() throws Exception {
    try (FakeClickHouse clickHouse = new FakeClickHouse()) {
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(
              new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
      Squares.define(env, NUMBERS, clickHouse.url());

      env.execute("squares");

      assertThat(stored(clickHouse, "number"))
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, NUMBERS).boxed().toList());
      assertThat(stored(clickHouse, "square"))
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, NUMBERS).map(n -> n * n).boxed().toList());
    }
  }

  private static List<Long> stored(FakeClickHouse clickHouse, String column) {
    return clickHouse.stored().stream()
        .flatMap(request -> NativeBlockReader.readBody(request.body()).stream())
        .flatMap(block -> block.values().get(column).stream())
        .map(value -> (Long) value)
        .toList();
  }
}
