package io.sluice.clickhouse.block;

/** Seconds since 1970, four bytes per row, little-endian, unsigned. */
final class DateTimeBuffer<T> extends ColumnBuffer<T> {
  private static final long LAST_SECOND = 0xFFFF_FFFFL;

  private final Column.LongValue<T> epochMilli;

  DateTimeBuffer(Column.LongValue<T> epochMilli) {
    this.epochMilli = epochMilli;
  }

  @Override
  int append(T row) {
    int seconds = (int) saturatedSeconds(epochMilli.applyAsLong(row));
    INT32.set(withRoomFor(Integer.BYTES), size, seconds);
    size += Integer.BYTES;
    return Integer.BYTES;
  }

  /** A negative {@code long} is an unsigned number far past the last second. */
  private static long saturatedSeconds(long unsignedEpochMilli) {
    return unsignedEpochMilli < 0 ? LAST_SECOND : Math.min(unsignedEpochMilli / 1000, LAST_SECOND);
  }

  @Override
  int startOf(int row, int rowCount) {
    return row * Integer.BYTES;
  }
}
