package io.sluice.clickhouse.block;

import java.io.Serializable;

/** Any number of bytes per row, the same for all: what does not fit into a {@code long}. */
final class FixedBytesBuffer<T, V> extends ColumnBuffer<T> {
  /** Puts a value, which is never null, where nothing but zeros are. */
  @FunctionalInterface
  interface Put<V> extends Serializable {
    void put(V value, byte[] target, int position);
  }

  private final Column.Value<T, V> value;
  private final Put<V> put;

  FixedBytesBuffer(Column.Value<T, V> value, int width, Put<V> put) {
    super(width);
    this.value = value;
    this.put = put;
  }

  @Override
  long append(T row) {
    V present = present(value.apply(row));
    int position = size;
    appendZeros(width);
    put.put(present, bytes, position);
    return width;
  }
}
