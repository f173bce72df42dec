package io.sluice.clickhouse.block;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Rows in, blocks out: append until {@link #isFull()}, then {@link #build}.
 *
 * <p>A block of two or more rows is never larger than {@code maxBlockBytes}: if rows compress worse
 * than foreseen, they are cut into halves, and those compressed again. A single row that does not
 * fit becomes a block of its own, larger than the limit; nothing is dropped here, and the sink
 * decides about it.
 *
 * <p>Not thread-safe. Holds native memory until {@link #close()}.
 */
public final class BlockBuilder<T> implements AutoCloseable {
  /** A long while rows are collected, and two more while their {@link ArrivalTimes} are made. */
  private static final long ARRIVAL_BYTES = 3 * Long.BYTES;

  private final Table.Arrival<T> arrival;
  private final NativeBlockWriter<T> rows;
  private final int maxBlockBytes;
  private final int maxRawBytes;
  private final RawBytesTarget target;
  private final ZstdFrameWriter frames;
  private long[] arrivals = new long[256];
  private long fullBytes;

  public BlockBuilder(Table<T> table, BlockSettings settings) {
    this.arrival = table.arrivalEpochMilli();
    this.rows = new NativeBlockWriter<>(table);
    this.maxBlockBytes = settings.maxBlockBytes();
    this.maxRawBytes = settings.maxRawBytes();
    this.target = new RawBytesTarget(settings);
    this.fullBytes = target.rawBytes();
    this.frames = new ZstdFrameWriter(settings.zstdLevel());
  }

  /**
   * Copies what the table's columns read from {@code row}.
   *
   * @throws IllegalArgumentException if a column cannot hold its value; names column, value and
   *     range. The builder is of no use after that: close it.
   */
  public void append(T row) {
    int rowCount = rows.rowCount();
    if (rowCount == arrivals.length) {
      arrivals = Arrays.copyOf(arrivals, 2 * rowCount);
    }
    arrivals[rowCount] = arrival.applyAsLong(row);
    rows.append(row);
  }

  /** Whether the rows should become a block now. */
  public boolean isFull() {
    long dataBytes = rows.dataBytes();
    return dataBytes >= fullBytes || dataBytes + ARRIVAL_BYTES * rows.rowCount() >= maxRawBytes;
  }

  public int rowCount() {
    return rows.rowCount();
  }

  /** Gives all rows, in order, to {@code blocks}, and starts anew. No rows, no block. */
  public void build(Consumer<? super Block> blocks) {
    int rowCount = rows.rowCount();
    if (rowCount > 0) {
      Block whole = compress(0, rowCount);
      target.learn(whole.rawBytes(), whole.frameBytes());
      fullBytes = target.rawBytes();
      emit(whole, 0, rowCount, blocks);
      rows.clear();
    }
  }

  private void emit(Block block, int fromRow, int toRow, Consumer<? super Block> blocks) {
    if (block.frameBytes() <= maxBlockBytes || block.rowCount() == 1) {
      blocks.accept(block);
      return;
    }
    int middle = (fromRow + toRow) >>> 1;
    emit(compress(fromRow, middle), fromRow, middle, blocks);
    emit(compress(middle, toRow), middle, toRow, blocks);
  }

  private Block compress(int fromRow, int toRow) {
    long rawBytes = rows.blockBytes(fromRow, toRow);
    frames.start(rawBytes);
    rows.write(fromRow, toRow, frames);
    byte[] frame = frames.finish();
    return new Block(frame, toRow - fromRow, rawBytes, ArrivalTimes.of(arrivals, fromRow, toRow));
  }

  @Override
  public void close() {
    frames.close();
  }
}
