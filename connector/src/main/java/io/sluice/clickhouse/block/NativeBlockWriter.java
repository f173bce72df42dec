package io.sluice.clickhouse.block;

import java.nio.charset.StandardCharsets;
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
 *               UInt64, UInt16      8, 2 bytes, little-endian
 *               DateTime            4 bytes, little-endian, seconds since 1970
 *               String              VarUInt length, bytes
 * </pre>
 *
 * <p>This is the format of {@code INSERT … FORMAT Native} over HTTP, where the client protocol
 * version is 0: no block info before it, no serialization kind after the type. Sources: <a
 * href="https://clickhouse.com/docs/interfaces/formats/Native">the format's page</a> and <a
 * href="https://github.com/ClickHouse/ClickHouse/blob/master/src/Formats/NativeWriter.cpp">
 * NativeWriter.cpp</a>.
 *
 * <p>Memory grows with the largest block and is kept for the next. Not thread-safe. A row must stay
 * unchanged for the call of {@link #append} only. If an extractor throws, the rows collected so far
 * are lost: {@link #clear()} before going on.
 */
public final class NativeBlockWriter<T> {
  private final ColumnBuffer<T>[] buffers;
  private final byte[][] headers;
  private final long headersBytes;
  private int rowCount;
  private long dataBytes;

  public NativeBlockWriter(Table<T> table) {
    List<Column<T>> columns = table.columns();
    this.buffers = newBuffers(columns);
    this.headers = columns.stream().map(NativeBlockWriter::header).toArray(byte[][]::new);
    long sum = 0;
    for (byte[] header : headers) {
      sum += header.length;
    }
    this.headersBytes = sum;
  }

  public void append(T row) {
    int bytes = 0;
    for (ColumnBuffer<T> buffer : buffers) {
      bytes += buffer.append(row);
    }
    dataBytes += bytes;
    rowCount++;
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
    long bytes = headersBytes + VarUInt.bytesOf(buffers.length) + VarUInt.bytesOf(toRow - fromRow);
    for (ColumnBuffer<T> buffer : buffers) {
      bytes += buffer.startOf(toRow, rowCount) - buffer.startOf(fromRow, rowCount);
    }
    return bytes;
  }

  /** Writes rows {@code fromRow} (inclusive) to {@code toRow} (exclusive) as one block. */
  public void write(int fromRow, int toRow, ByteSink sink) {
    byte[] counts = new byte[2 * VarUInt.MAX_BYTES];
    int end = VarUInt.put(counts, VarUInt.put(counts, 0, buffers.length), toRow - fromRow);
    sink.accept(counts, 0, end);
    for (int i = 0; i < buffers.length; i++) {
      sink.accept(headers[i], 0, headers[i].length);
      ColumnBuffer<T> buffer = buffers[i];
      buffer.writeTo(sink, buffer.startOf(fromRow, rowCount), buffer.startOf(toRow, rowCount));
    }
  }

  /** Forgets all rows and keeps the memory. */
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
    byte[] header =
        new byte
            [VarUInt.bytesOf(name.length)
                + name.length
                + VarUInt.bytesOf(type.length)
                + type.length];
    int position = putText(header, 0, name);
    putText(header, position, type);
    return header;
  }

  private static int putText(byte[] target, int position, byte[] text) {
    int start = VarUInt.put(target, position, text.length);
    System.arraycopy(text, 0, target, start, text.length);
    return start + text.length;
  }
}
