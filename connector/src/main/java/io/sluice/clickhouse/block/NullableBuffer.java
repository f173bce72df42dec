package io.sluice.clickhouse.block;

/**
 * One byte per row, 1 for NULL and 0 for a value; then all rows' values, with a placeholder for
 * each NULL.
 */
final class NullableBuffer<T> extends ColumnBuffer<T> {
  private final Column.BooleanValue<T> isNull;
  private final ColumnBuffer<T> values;

  NullableBuffer(Column.BooleanValue<T> isNull, ColumnBuffer<T> values) {
    super(1);
    this.isNull = isNull;
    this.values = values;
  }

  @Override
  long append(T row) {
    boolean absent = isNull.test(row);
    appendInteger(absent ? 1 : 0, width);
    return width + (absent ? values.appendPlaceholder() : values.append(row));
  }

  @Override
  void write(int fromRow, int toRow, ByteSink sink) {
    super.write(fromRow, toRow, sink);
    values.write(fromRow, toRow, sink);
  }

  @Override
  void clear() {
    super.clear();
    values.clear();
  }
}
