package com.example;

import io.sluice.clickhouse.block.Column;
import io.sluice.clickhouse.sink.ClickHouseSink;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Numbers and their squares into {@code demo.squares}: the job of the connector's README. */
final class Squares {
  /** A row; Flink takes it for a POJO. */
  public static final class Square {
    public long number;
    public long square;
    public long arrivalEpochMilli;

    static Square of(long number) {
      Square row = new Square();
      row.number = number;
      row.square = number * number;
      row.arrivalEpochMilli = System.currentTimeMillis();
      return row;
    }
  }

  private Squares() {}

  static void define(StreamExecutionEnvironment env, long numbers, URI clickHouse) {
    ClickHouseSink<Square> sink =
        ClickHouseSink.<Square>builder()
            .table(
                "demo",
                "squares",
                List.of(
                    Column.uint64("number", row -> row.number),
                    Column.uint64("square", row -> row.square)),
                row -> row.arrivalEpochMilli)
            .endpoints(List.of(clickHouse))
            .window(Duration.ofMillis(100))
            .build();

    env.setParallelism(sink.lanes());
    env.enableCheckpointing(1_000);
    env.fromSource(
            sink.hold(new NumberSequenceSource(1, numbers), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(Square::of)
        .uid("square")
        .sinkTo(sink)
        .name("squares")
        .uid("squares");
  }
}
