package io.sluice.clickhouse.block;

import java.util.Collection;

/**
 * Eight bytes per row, little-endian: how many elements the block has up to the end of this row;
 * then the elements of all rows. A map is an array of {@linkplain EntryBuffer entries}.
 */
final class ArrayBuffer<T, E> extends ColumnBuffer<T> {
  private final Column.Value<T, ? extends Collection<? extends E>> value;
  private final ColumnBuffer<E> elements;
  private int elementCount;

  ArrayBuffer(Column.Value<T, ? extends Collection<? extends E>> value, ColumnBuffer<E> elements) {
    super(Long.BYTES);
    this.value = value;
    this.elements = elements;
  }

  @Override
  long append(T row) {
    long appended = width;
    for (E element : present(value.apply(row))) {
      appended += elements.append(element);
      elementCount++;
    }
    appendInteger(elementCount, width);
    return appended;
  }

  @Override
  void write(int fromRow, int toRow, ByteSink sink) {
    int before = elementsBefore(fromRow);
    if (before == 0) {
      super.write(fromRow, toRow, sink);
    } else {
      writeCountedFrom(before, fromRow, toRow, sink);
    }
    elements.write(before, elementsBefore(toRow), sink);
  }

  /** A part of the rows is a block of its own, whose elements are counted anew. */
  private void writeCountedFrom(int before, int fromRow, int toRow, ByteSink sink) {
    byte[] ends = new byte[width * (toRow - fromRow)];
    for (int row = fromRow; row < toRow; row++) {
      putInt64(ends, width * (row - fromRow), elementsBefore(row + 1) - before);
    }
    sink.accept(ends, 0, ends.length);
  }

  private int elementsBefore(int row) {
    return row == 0 ? 0 : (int) int64At(bytes, width * (row - 1));
  }

  @Override
  void clear() {
    super.clear();
    elementCount = 0;
    elements.clear();
  }
}
