package io.sluice.clickhouse.block;

/** Per row the length in bytes as {@link VarUInt}, then the bytes. */
final class TextBuffer<T> extends ColumnBuffer<T> {
  private final Column.TextValue<T> value;

  TextBuffer(Column.TextValue<T> value) {
    this.value = value;
  }

  @Override
  int append(T row) {
    Utf8Slice text = value.apply(row);
    int length = text.length;
    byte[] target = withRoomFor(Math.addExact(VarUInt.MAX_BYTES, length));
    int start = VarUInt.put(target, size, length);
    System.arraycopy(text.bytes, text.offset, target, start, length);
    int end = start + length;
    int appended = end - size;
    size = end;
    return appended;
  }

  /** Walks over the rows before, so only the whole block's two ends are cheap. */
  @Override
  int startOf(int row, int rowCount) {
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
}
