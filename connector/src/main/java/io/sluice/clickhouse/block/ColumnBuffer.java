package io.sluice.clickhouse.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The values of one column, one after the other, as the Native format wants them.
 *
 * <p>One final subclass per wire type, so that a row costs one virtual call per column and one per
 * extractor, and nothing is boxed. Grows by doubling and keeps its memory over {@link #clear()}.
 */
abstract class ColumnBuffer<T> {
  protected static final VarHandle INT64 = littleEndian(long[].class);
  protected static final VarHandle INT32 = littleEndian(int[].class);
  protected static final VarHandle INT16 = littleEndian(short[].class);

  protected byte[] bytes = new byte[1024];
  protected int size;

  /** Appends the row's value and returns how many bytes that took. */
  abstract int append(T row);

  /** Where the value of row {@code row} starts; {@code row} may be the row count, for the end. */
  abstract int startOf(int row, int rowCount);

  final void writeTo(ByteSink sink, int from, int to) {
    sink.accept(bytes, from, to - from);
  }

  final void clear() {
    size = 0;
  }

  /** Makes room for {@code more} bytes and returns the buffer, which may be a new one. */
  protected final byte[] withRoomFor(int more) {
    if (bytes.length - size < more) {
      grow(more);
    }
    return bytes;
  }

  private void grow(int more) {
    int needed = Math.addExact(size, more);
    int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
    bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
  }

  private static VarHandle littleEndian(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }
}
