package io.sluice.clickhouse.block;

/** Eight bytes per row, little-endian. */
final class UInt64Buffer<T> extends ColumnBuffer<T> {
  private final Column.LongValue<T> value;

  UInt64Buffer(Column.LongValue<T> value) {
    this.value = value;
  }

  @Override
  int append(T row) {
    INT64.set(withRoomFor(Long.BYTES), size, value.applyAsLong(row));
    size += Long.BYTES;
    return Long.BYTES;
  }

  @Override
  int startOf(int row, int rowCount) {
    return row * Long.BYTES;
  }
}
