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
 * <p>Few final subclasses, so that a row costs one virtual call per column and one per extractor,
 * and nothing is boxed. Grows by doubling and keeps its memory over {@link #clear()}.
 *
 * @param <T> what the column reads its values from
 */
abstract class ColumnBuffer<T> {
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIRST_BYTES = 1024;

  protected byte[] bytes = {};
  protected int size;

  /**
   * Appends the row's value and returns how many bytes that took.
   *
   * @throws RuntimeException if the type cannot hold the value, or the row has none; the message
   *     names value and range
   */
  abstract long append(T row);

  /**
   * Appends what stands in the place of a NULL, zero or empty, and returns how many bytes that
   * took.
   *
   * @throws UnsupportedOperationException if there is no Nullable of the type
   */
  long appendPlaceholder() {
    throw new UnsupportedOperationException("cannot be NULL");
  }

  /** Exactly how many bytes {@link #write} gives for the same range. */
  abstract long byteCount(int fromRow, int toRow);

  /** Writes rows {@code fromRow} (inclusive) to {@code toRow} (exclusive). */
  abstract void write(int fromRow, int toRow, ByteSink sink);

  void clear() {
    size = 0;
  }

  /** What an extractor returned, unless that is null. */
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

  /** Makes room for {@code more} bytes and returns the buffer, which may be a new one. */
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
