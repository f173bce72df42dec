package io.sluice.clickhouse.block;

/** One to eight bytes per row, little-endian: all that fits into a {@code long}. */
final class IntegerBuffer<T> extends ColumnBuffer<T> {
  private final Column.LongValue<T> value;
  private final long min;
  private final long max;

  IntegerBuffer(Column.LongValue<T> value, int width, long min, long max) {
    super(width);
    this.value = value;
    this.min = min;
    this.max = max;
  }

  @Override
  long append(T row) {
    long number = value.applyAsLong(row);
    if (number < min || number > max) {
      throw new IllegalArgumentException(number + " is not between " + min + " and " + max);
    }
    appendInteger(number, width);
    return width;
  }
}
