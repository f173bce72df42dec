package io.sluice.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the standard (unpacked) stream framing off a Cap'n Proto message. All numbers are
 * little-endian and unsigned:
 *
 * <pre>
 *   0        4           8                4·(count+1), to the next multiple of 8
 *   ┌────────┬───────────┬───────────┬───┬─────────┬───────────┬───────────┬───┬──────────┐
 *   │count−1 │ words of  │ words of  │ … │ padding │ segment 0 │ segment 1 │ … │ anything │
 *   │        │ segment 0 │ segment 1 │   │  0 or 4 │           │           │   │          │
 *   └────────┴───────────┴───────────┴───┴─────────┴───────────┴───────────┴───┴──────────┘
 * </pre>
 *
 * <p>Neither the padding nor what follows the last segment is looked at. The library has a framing
 * reader too, but its segments reach to the end of the array in its bounds checks; here each ends
 * where the table says. Not thread-safe.
 *
 * @see <a href="https://capnproto.org/encoding.html#serialization-over-a-stream">the encoding</a>
 */
final class MessageFraming {
  /** As in the C++ reader. */
  private static final int MAX_SEGMENTS = 512;

  private static final int BYTES_PER_WORD = 8;

  private final ByteBuffer[] singleSegment = new ByteBuffer[1];

  /**
   * The message's segments as views of {@code message}, little-endian. The array is valid until the
   * next call.
   *
   * @param message may be null, as the value of a tombstone is
   */
  ByteBuffer[] segments(byte[] message) throws UndecodableMessageException {
    if (message == null) {
      throw new UndecodableMessageException("no value (tombstone)");
    }
    if (message.length < BYTES_PER_WORD) {
      throw new UndecodableMessageException(
          message.length == 0 ? "empty value" : "truncated in the first word of the segment table");
    }
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    long announcedSegments = Integer.toUnsignedLong(bytes.getInt(0)) + 1;
    if (announcedSegments > MAX_SEGMENTS) {
      throw new UndecodableMessageException(
          "segment table announces "
              + announcedSegments
              + " segments, at most "
              + MAX_SEGMENTS
              + " are allowed");
    }
    int segmentCount = (int) announcedSegments;
    int tableBytes = (4 + 4 * segmentCount + BYTES_PER_WORD - 1) & -BYTES_PER_WORD;
    if (tableBytes > message.length) {
      throw new UndecodableMessageException(
          "truncated in the segment table of " + segmentCount + " segments");
    }
    ByteBuffer[] segments = segmentCount == 1 ? singleSegment : new ByteBuffer[segmentCount];
    int offset = tableBytes;
    for (int i = 0; i < segmentCount; i++) {
      long segmentBytes = Integer.toUnsignedLong(bytes.getInt(4 + 4 * i)) * BYTES_PER_WORD;
      if (segmentBytes > message.length - offset) {
        throw new UndecodableMessageException(
            "truncated: segment "
                + i
                + " has "
                + segmentBytes
                + " bytes, "
                + (message.length - offset)
                + " are there");
      }
      segments[i] = bytes.slice(offset, (int) segmentBytes).order(ByteOrder.LITTLE_ENDIAN);
      offset += (int) segmentBytes;
    }
    return segments;
  }
}
