package io.sluice.clickhouse.block;

/** Per row the length in bytes as {@link VarUInt}, then the bytes. */
final class TextBuffer<T> extends ColumnBuffer<T> {
  private final Column.Value<T, Utf8Slice> value;
  private int rowCount;

  TextBuffer(Column.Value<T, Utf8Slice> value) {
    super(0);
    this.value = value;
  }

  @Override
  long append(T row) {
    Utf8Slice text = present(value.apply(row));
    int length = text.length;
    byte[] target = withRoomFor(Math.addExact(VarUInt.MAX_BYTES, length));
    int before = size;
    int start = VarUInt.put(target, before, length);
    System.arraycopy(text.bytes, text.offset, target, start, length);
    size = start + length;
    rowCount++;
    return (long) size - before;
  }

  @Override
  long appendPlaceholder() {
    appendZeros(1);
    rowCount++;
    return 1;
  }

  @Override
  void write(int fromRow, int toRow, ByteSink sink) {
    int start = startOf(fromRow);
    sink.accept(bytes, start, startOf(toRow) - start);
  }

  /** Walks over the rows before, so only the whole block's two ends are cheap. */
  private int startOf(int row) {
    if (row == rowCount) {
      return size;
    }
    int position = 0;
    for (int i = 0; i < row; i++) {
      int length = VarUInt.get(bytes, position);
      position += VarUInt.bytesOf(length) + length;
    }
    return position;
  }

  @Override
  void clear() {
    super.clear();
    rowCount = 0;
  }
}
