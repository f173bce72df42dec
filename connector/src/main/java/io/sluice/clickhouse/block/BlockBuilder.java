package io.sluice.clickhouse.block;

import java.util.function.Consumer;

/**
 * Rows in, blocks out: append until {@link #isFull()}, then {@link #build}.
 *
 * <p>A block of two or more rows is never larger than {@code maxBlockBytes}: if rows compress worse
 * than foreseen, they are cut into halves, and those compressed again. A single row that does not
 * fit becomes a block of its own, larger than the limit; nothing is dropped here, and the sink
 * decides about it. Of the arrivals only the oldest and the newest are kept, so the halves have
 * those of the whole.
 *
 * <p>Not thread-safe. Holds native memory until {@link #close()}.
 */
public final class BlockBuilder<T> implements AutoCloseable {
  private final Table.Arrival<T> arrival;
  private final NativeBlockWriter<T> rows;
  private final int maxBlockBytes;
  private final RawBytesTarget target;
  private final ZstdFrameWriter frames;
  private long oldestEpochMilli = Long.MAX_VALUE;
  private long newestEpochMilli = Long.MIN_VALUE;
  private long fullBytes;

  public BlockBuilder(Table<T> table, BlockSettings settings) {
    this.arrival = table.arrivalEpochMilli();
    this.rows = new NativeBlockWriter<>(table);
    this.maxBlockBytes = settings.maxBlockBytes();
    this.target = new RawBytesTarget(settings);
    this.fullBytes = target.rawBytes();
    this.frames = new ZstdFrameWriter(settings.zstdLevel());
  }

  /** As {@link NativeBlockWriter#append}. If it throws, the builder is of no use any more. */
  public void append(T row) {
    long epochMilli = arrival.applyAsLong(row);
    oldestEpochMilli = Math.min(oldestEpochMilli, epochMilli);
    newestEpochMilli = Math.max(newestEpochMilli, epochMilli);
    rows.append(row);
  }

  public boolean isFull() {
    return rows.dataBytes() >= fullBytes;
  }

  public int rowCount() {
    return rows.rowCount();
  }

  /** Flushes all rows, in order, as blocks, then resets; emits nothing if empty. */
  public void build(Consumer<? super Block> blocks) {
    int rowCount = rows.rowCount();
    if (rowCount > 0) {
      Block whole = compress(0, rowCount);
      target.learn(whole.rawBytes(), whole.frameBytes());
      fullBytes = target.rawBytes();
      emit(whole, 0, rowCount, blocks);
      rows.clear();
      oldestEpochMilli = Long.MAX_VALUE;
      newestEpochMilli = Long.MIN_VALUE;
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
    return new Block(
        frames.finish(),
        toRow - fromRow,
        rawBytes,
        new ArrivalTimes(oldestEpochMilli, newestEpochMilli));
  }

  @Override
  public void close() {
    frames.close();
  }
}
