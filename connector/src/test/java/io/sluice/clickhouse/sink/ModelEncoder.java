package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.ArrivalTimes;
import io.sluice.clickhouse.block.Block;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Rows to blocks, cut by size and before barriers; a "frame" is the rows' numbers. */
final class ModelEncoder implements ReaderOutput<Integer> {
  static final int BYTES_PER_ROW = Long.BYTES;

  private final Consumer<Block> output;
  private final int[] rows;
  private int rowCount;

  /**
   * @param rowsPerBlock differs from attempt to attempt, so that replayed rows are cut anew
   */
  ModelEncoder(int rowsPerBlock, Consumer<Block> output) {
    this.rows = new int[rowsPerBlock];
    this.output = output;
  }

  int rowCount() {
    return rowCount;
  }

  @Override
  public void collect(Integer row) {
    rows[rowCount++] = row;
    if (rowCount == rows.length) {
      flush();
    }
  }

  void flush() {
    if (rowCount > 0) {
      ByteBuffer frame = ByteBuffer.allocate(rowCount * BYTES_PER_ROW);
      Arrays.stream(rows, 0, rowCount).forEach(frame::putLong);
      Block block = new Block(frame.array(), rowCount, frame.capacity(), new ArrivalTimes(0, 0));
      rowCount = 0;
      output.accept(block);
    }
  }

  /** The rows of a frame, or of several in a row. */
  static int[] rowsOf(byte[] frames) {
    ByteBuffer in = ByteBuffer.wrap(frames);
    int[] rows = new int[frames.length / BYTES_PER_ROW];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) in.getLong();
    }
    return rows;
  }

  @Override
  public void collect(Integer row, long timestamp) {
    collect(row);
  }

  @Override
  public void emitWatermark(Watermark watermark) {}

  @Override
  public void markIdle() {}

  @Override
  public void markActive() {}

  @Override
  public SourceOutput<Integer> createOutputForSplit(String splitId) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String splitId) {}
}
