package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.block.NativeBlockReader;
import io.sluice.clickhouse.block.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockEncoderTest {
  private final BlockEncoder<Row> encoder =
      new BlockEncoder<>(Row.TABLE, new BlockSettings(4096, 1 << 20, 3));
  private OneInputStreamOperatorTestHarness<Row, LaneElement> harness;

  @BeforeEach
  void open() throws Exception {
    harness = new OneInputStreamOperatorTestHarness<>(encoder);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void holdsRowsUntilTheBarrierAndGivesThemBeforeIt() throws Exception {
    process(Row.of(1, "a"), Row.of(2, "b"));
    assertThat(emitted()).isEmpty();
    harness.prepareSnapshotPreBarrier(1);
    assertThat(emittedNumbers()).containsExactly(1L, 2L);
  }

  @Test
  void keepsNothingOverABarrier() throws Exception {
    process(Row.of(1, "a"));
    harness.prepareSnapshotPreBarrier(1);
    harness.snapshot(1, 1);
    harness.prepareSnapshotPreBarrier(2);
    harness.endInput();
    assertThat(emittedNumbers()).containsExactly(1L);
  }

  @Test
  void givesTheRestAtTheEndOfTheInput() throws Exception {
    process(Row.of(1, "a"));
    harness.prepareSnapshotPreBarrier(1);
    process(Row.of(2, "b"));
    harness.endInput();
    assertThat(emittedNumbers()).containsExactly(1L, 2L);
  }

  @Test
  void givesABlockAsSoonAsItIsFull() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      process(Row.of(i, Integer.toHexString(i * 0x9E3779B1)));
    }
    assertThat(emitted()).hasSizeGreaterThan(2);
    harness.endInput();
    assertThat(emittedNumbers()).hasSize(5_000).isSorted();
  }

  @Test
  void copiesRowsThatAreReused() throws Exception {
    StreamRecord<Row> reused = new StreamRecord<>(Row.of(1, "a"));
    harness.processElement(reused);
    harness.processElement(reused.replace(Row.of(2, "b")));
    harness.endInput();
    assertThat(emittedNumbers()).containsExactly(1L, 2L);
  }

  private void process(Row... rows) throws Exception {
    for (Row row : rows) {
      harness.processElement(new StreamRecord<>(row));
    }
  }

  private List<Block> emitted() {
    return harness.extractOutputValues().stream().map(Block.class::cast).toList();
  }

  private List<Long> emittedNumbers() {
    List<Long> numbers = new ArrayList<>();
    for (Block block : emitted()) {
      NativeBlockReader.readFrame(block.frame())
          .values()
          .get("number")
          .forEach(n -> numbers.add((Long) n));
    }
    return numbers;
  }
}
