package io.sluice.clickhouse.block;

/** Two bytes per row, little-endian; the low 16 bits of the value. */
final class UInt16Buffer<T> extends ColumnBuffer<T> {
  private final Column.IntValue<T> value;

  UInt16Buffer(Column.IntValue<T> value) {
    this.value = value;
  }

  @Override
  int append(T row) {
    INT16.set(withRoomFor(Short.BYTES), size, (short) value.applyAsInt(row));
    size += Short.BYTES;
    return Short.BYTES;
  }

  @Override
  int startOf(int row, int rowCount) {
    return row * Short.BYTES;
  }
}
