package io.sluice.clickhouse.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The values of one column, as the Native format wants them: bytes of its own, and further buffers
 * inside where the type contains another one.
 *
 * <p>Few subclasses, all final, so that a row costs one virtual call per column and one per
 * extractor, and nothing is boxed. Grows by doubling and keeps its memory over {@link #clear()}.
 *
 * @param <T> what the column reads its values from
 */
abstract class ColumnBuffer<T> {
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIRST_BYTES = 1024;

  protected final int width;
  protected byte[] bytes = {};
  protected int size;

  /**
   * @param width bytes of its own for every row; 0 if it has none, or not always the same number
   */
  ColumnBuffer(int width) {
    this.width = width;
  }

  /**
   * Returns how many bytes the row's value took.
   *
   * @throws RuntimeException if the type cannot hold the value; the message names value and range
   */
  abstract long append(T row);

  /** Appends what stands in the place of a NULL, and returns how many bytes that took. */
  long appendPlaceholder() {
    appendZeros(width);
    return width;
  }

  /** {@code toRow} is exclusive. */
  void write(int fromRow, int toRow, ByteSink sink) {
    sink.accept(bytes, width * fromRow, width * (toRow - fromRow));
  }

  void clear() {
    size = 0;
  }

  static <V> V present(V value) {
    return Objects.requireNonNull(value, "null, which only a Nullable column takes");
  }

  /** Appends the low {@code width} bytes of {@code value}, 1 to 8, little-endian. */
  protected final void appendInteger(long value, int width) {
    // All eight, without a branch: those that are too many are overwritten by what comes next.
    putInt64(withRoomFor(Long.BYTES), size, value);
    size += width;
  }

  protected final void appendZeros(int count) {
    Arrays.fill(withRoomFor(count), size, size + count, (byte) 0);
    size += count;
  }

  static void putInt64(byte[] target, int position, long value) {
    INT64.set(target, position, value);
  }

  static long int64At(byte[] source, int position) {
    return (long) INT64.get(source, position);
  }

  /** The buffer, which may be a new one. */
  protected final byte[] withRoomFor(int more) {
    if (bytes.length - size < more) {
      grow(more);
    }
    return bytes;
  }

  private void grow(int more) {
    int needed = Math.max(Math.addExact(size, more), FIRST_BYTES);
    int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
    bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
  }
}
