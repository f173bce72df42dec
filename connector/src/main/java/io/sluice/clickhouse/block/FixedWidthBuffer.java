package io.sluice.clickhouse.block;

/** The same number of its own bytes for every row. */
abstract class FixedWidthBuffer<T> extends ColumnBuffer<T> {
  protected final int width;

  FixedWidthBuffer(int width) {
    this.width = width;
  }

  @Override
  long byteCount(int fromRow, int toRow) {
    return (long) width * (toRow - fromRow);
  }

  @Override
  void write(int fromRow, int toRow, ByteSink sink) {
    sink.accept(bytes, width * fromRow, width * (toRow - fromRow));
  }
}
