package io.sluice.clickhouse.block;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows ready for the wire: one ClickHouse Native block, compressed as one zstd frame. Frames may be
 * concatenated into one request body.
 *
 * <p>Immutable; for speed the frame's bytes are handed over without a copy, so nobody may change
 * them. The binary form has no version of its own; whoever stores it has one:
 *
 * <pre>
 * rows        VarLong
 * raw bytes   VarLong
 * arrivals    {@link ArrivalTimes}
 * length      of the frame, VarLong
 * frame       length bytes
 * </pre>
 */
public final class Block implements LaneElement {
  private static final long serialVersionUID = 1L;

  private final byte[] frame;
  private final int rowCount;
  private final long rawBytes;
  private final ArrivalTimes arrivals;

  /**
   * A block of what {@link BlockBuilder} made.
   *
   * @param frame the zstd frame; belongs to the block from now on
   * @param rowCount at least 1
   * @param rawBytes length of the Native block before compression
   * @param arrivals of exactly {@code rowCount} rows
   */
  public Block(byte[] frame, int rowCount, long rawBytes, ArrivalTimes arrivals) {
    this.frame = Objects.requireNonNull(frame, "frame");
    this.arrivals = Objects.requireNonNull(arrivals, "arrivals");
    if (frame.length == 0) {
      throw new IllegalArgumentException("frame: is empty");
    }
    if (rowCount < 1 || rowCount != arrivals.rowCount()) {
      throw new IllegalArgumentException(
          "rowCount: " + rowCount + " with " + arrivals.rowCount() + " arrivals, at least 1");
    }
    if (rawBytes < 1) {
      throw new IllegalArgumentException("rawBytes: " + rawBytes + " is less than 1");
    }
    this.rowCount = rowCount;
    this.rawBytes = rawBytes;
  }

  /** The zstd frame itself, not a copy: only to be read. */
  public byte[] frame() {
    return frame;
  }

  /** Bytes on the wire. */
  public int frameBytes() {
    return frame.length;
  }

  public int rowCount() {
    return rowCount;
  }

  /** Bytes of the Native block before compression. */
  public long rawBytes() {
    return rawBytes;
  }

  public ArrivalTimes arrivals() {
    return arrivals;
  }

  /** Writes the binary form that {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    VarLong.write(out, rowCount);
    VarLong.write(out, rawBytes);
    arrivals.writeTo(out);
    VarLong.write(out, frame.length);
    out.write(frame);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if the bytes end early or are not what {@link #writeTo} writes
   */
  public static Block readFrom(DataInput in) throws IOException {
    int rowCount = VarLong.readPositiveInt(in, "row count");
    long rawBytes = VarLong.read(in);
    ArrivalTimes arrivals = ArrivalTimes.readFrom(in);
    byte[] frame = new byte[VarLong.readPositiveInt(in, "frame length")];
    in.readFully(frame);
    try {
      return new Block(frame, rowCount, rawBytes, arrivals);
    } catch (IllegalArgumentException e) {
      throw new IOException("corrupt block", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block that
        && rowCount == that.rowCount
        && rawBytes == that.rawBytes
        && arrivals.equals(that.arrivals)
        && Arrays.equals(frame, that.frame);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(frame);
  }

  @Override
  public String toString() {
    return rowCount + " rows, " + rawBytes + " bytes, compressed " + frame.length;
  }
}
