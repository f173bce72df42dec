package io.sluice.clickhouse.block;

import java.util.Arrays;
import java.util.Objects;

/**
 * Rows ready for the wire: one ClickHouse Native block, compressed as one zstd frame. Frames may be
 * concatenated into one request body.
 *
 * <p>Immutable; for speed the frame's bytes are neither copied nor protected, so nobody may change
 * them.
 *
 * @param frame the zstd frame, not empty; belongs to the block from now on
 * @param rowCount at least 1
 * @param rawBytes length of the Native block before compression, at least 1
 */
// The array is compared by its bytes, below.
@SuppressWarnings("ArrayRecordComponent")
public record Block(byte[] frame, int rowCount, long rawBytes, ArrivalTimes arrivals)
    implements LaneElement {
  private static final long serialVersionUID = 1L;

  public Block {
    Objects.requireNonNull(arrivals, "arrivals");
    if (frame.length == 0) {
      throw new IllegalArgumentException("frame: is empty");
    }
    if (rowCount < 1) {
      throw new IllegalArgumentException("rowCount: " + rowCount + " is less than 1");
    }
    if (rawBytes < 1) {
      throw new IllegalArgumentException("rawBytes: " + rawBytes + " is less than 1");
    }
  }

  /** Bytes on the wire. */
  public int frameBytes() {
    return frame.length;
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
}
