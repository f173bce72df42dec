package io.sluice.clickhouse.block;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Collects rows by column and writes them, or a range of them, as one block in ClickHouse's Native
 * format:
 *
 * <pre>
 * columns     VarUInt
 * rows        VarUInt
 * then for each column, in the table's order:
 *   name      VarUInt length, UTF-8 bytes
 *   type      VarUInt length, UTF-8 bytes
 *   data      rows values without anything between them:
 *               numbers and times   1 to 32 bytes, little-endian, two's complement
 *               Bool                1 byte, 0 or 1
 *               UUID                two numbers of 8 bytes, the upper half first
 *               IPv4, IPv6          4 bytes, little-endian; 16 bytes in network order
 *               FixedString(n)      n bytes
 *               String              VarUInt length, bytes
 *             or of several parts, one after the other:
 *               Nullable(X)         rows bytes, 1 for NULL; X of rows values
 *               Array(X)            rows numbers of 8 bytes, each the elements up to its row's
 *                                   end; X of all elements
 *               Map(K, V)           as Array; K of all keys; V of all values
 * </pre>
 *
 * <p>This is the format of {@code INSERT … FORMAT Native} over HTTP, where the client protocol
 * version is 0: no block info before it, no serialization kind after the type. Sources: <a
 * href="https://clickhouse.com/docs/interfaces/formats/Native">the format's page</a> and <a
 * href="https://github.com/ClickHouse/ClickHouse/blob/master/src/Formats/NativeWriter.cpp">
 * NativeWriter.cpp</a>.
 *
 * <p>Memory grows with the largest block and is kept for the next. Not thread-safe. A row must stay
 * unchanged for the call of {@link #append} only.
 */
public final class NativeBlockWriter<T> {
  private final List<Column<T>> columns;
  private final ColumnBuffer<T>[] buffers;
  private final byte[][] headers;
  private int rowCount;
  private long dataBytes;

  public NativeBlockWriter(Table<T> table) {
    this.columns = table.columns();
    this.buffers = newBuffers(columns);
    this.headers = columns.stream().map(NativeBlockWriter::header).toArray(byte[][]::new);
  }

  /**
   * Copies the values of a row.
   *
   * @throws IllegalArgumentException if a column cannot hold its value, or its extractor throws;
   *     names column, value and range. The rows collected so far are lost: {@link #clear()} before
   *     going on.
   */
  public void append(T row) {
    long bytes = 0;
    try {
      for (ColumnBuffer<T> buffer : buffers) {
        bytes += buffer.append(row);
      }
    } catch (RuntimeException e) {
      throw refusal(row, e);
    }
    dataBytes += bytes;
    rowCount++;
  }

  /** Asks the columns once more, one by one: to keep count of them costs a tenth of the time. */
  private IllegalArgumentException refusal(T row, RuntimeException cause) {
    for (Column<T> column : columns) {
      try {
        column.newBuffer().append(row);
      } catch (RuntimeException e) {
        return new IllegalArgumentException(
            "column '%s' (%s): %s".formatted(column.name(), column.type(), e.getMessage()), cause);
      }
    }
    return new IllegalArgumentException(cause.getMessage(), cause);
  }

  public int rowCount() {
    return rowCount;
  }

  /** Bytes of the values of all rows; the headers, some hundred bytes, come on top. */
  public long dataBytes() {
    return dataBytes;
  }

  /** Exactly how many bytes {@link #write} gives for the same range. */
  public long blockBytes(int fromRow, int toRow) {
    long[] bytes = {0};
    write(fromRow, toRow, (piece, offset, length) -> bytes[0] += length);
    return bytes[0];
  }

  /** Writes rows {@code fromRow} (inclusive) to {@code toRow} (exclusive) as one block. */
  public void write(int fromRow, int toRow, ByteSink sink) {
    byte[] counts = new byte[2 * VarUInt.MAX_BYTES];
    int end = VarUInt.put(counts, VarUInt.put(counts, 0, buffers.length), toRow - fromRow);
    sink.accept(counts, 0, end);
    for (int i = 0; i < buffers.length; i++) {
      sink.accept(headers[i], 0, headers[i].length);
      buffers[i].write(fromRow, toRow, sink);
    }
  }

  public void clear() {
    for (ColumnBuffer<T> buffer : buffers) {
      buffer.clear();
    }
    rowCount = 0;
    dataBytes = 0;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types.
  private static <T> ColumnBuffer<T>[] newBuffers(List<Column<T>> columns) {
    return columns.stream().map(Column::newBuffer).toArray(ColumnBuffer[]::new);
  }

  private static byte[] header(Column<?> column) {
    byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
    byte[] type = column.type().getBytes(StandardCharsets.UTF_8);
    byte[] header = new byte[2 * VarUInt.MAX_BYTES + name.length + type.length];
    return Arrays.copyOf(header, putText(header, putText(header, 0, name), type));
  }

  private static int putText(byte[] target, int position, byte[] text) {
    int start = VarUInt.put(target, position, text.length);
    System.arraycopy(text, 0, target, start, text.length);
    return start + text.length;
  }
}
