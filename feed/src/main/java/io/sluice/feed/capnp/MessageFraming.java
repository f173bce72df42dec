package io.sluice.feed.capnp;

import io.sluice.feed.kafka.UndecodableMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the standard (unpacked) stream framing off a Cap'n Proto message. All numbers are
 * little-endian and unsigned:
 *
 * <pre>
 *   0        4           8                4·(count+1), to the next multiple of 8
 *   ┌────────┬───────────┬───────────┬───┬─────────┬───────────┬───────────┬───┬──────────┐
 *   │count−1 │ words of  │ words of  │ … │ padding │ segment 0 │ segment 1 │ … │ messages │
 *   │        │ segment 0 │ segment 1 │   │  0 or 4 │           │           │   │          │
 *   └────────┴───────────┴───────────┴───┴─────────┴───────────┴───────────┴───┴──────────┘
 * </pre>
 *
 * <p>The padding is not looked at; what follows the last segment is the next message. All places
 * are in words of eight bytes from the start of the array, where the first message begins; an array
 * has fewer than 2²⁸ of them, so that the sum of a place and a pointer's 30-bit offset fits an
 * {@code int}. Not thread-safe.
 *
 * @see <a href="https://capnproto.org/encoding.html#serialization-over-a-stream">the encoding</a>
 */
public final class MessageFraming {
  /** As in the C++ reader, which wants fewer than 512. */
  private static final int MAX_SEGMENTS = 511;

  /** Little-endian. */
  private ByteBuffer message;

  private int segmentCount;

  /** Segment i is from word {@code bounds[i]} to before {@code bounds[i + 1]}. */
  private int[] bounds = new int[2];

  /**
   * Reads the segment table at word {@code from} of {@code value}, which may be null, as that of a
   * tombstone is.
   */
  public void open(byte[] value, int from) throws UndecodableMessageException {
    if (value == null) {
      throw Defect.TOMBSTONE.exception();
    }
    int table = from * Long.BYTES;
    if (value.length - table < Long.BYTES) {
      throw (value.length == 0 ? Defect.EMPTY : Defect.CUT_IN_FIRST_WORD).exception();
    }
    message = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    long announcedSegments = unsignedInt(table) + 1;
    if (announcedSegments > MAX_SEGMENTS) {
      throw Defect.TOO_MANY_SEGMENTS.exception();
    }
    segmentCount = (int) announcedSegments;
    int messageWords = value.length / Long.BYTES;
    int tableWords = segmentCount / 2 + 1;
    if (tableWords > messageWords - from) {
      throw Defect.CUT_IN_SEGMENT_TABLE.exception();
    }
    if (bounds.length <= segmentCount) {
      bounds = new int[segmentCount + 1];
    }
    bounds[0] = from + tableWords;
    for (int i = 0; i < segmentCount; i++) {
      long segmentWords = unsignedInt(table + 4 + 4 * i);
      if (segmentWords > messageWords - bounds[i]) {
        throw Defect.CUT_IN_SEGMENT.exception();
      }
      bounds[i + 1] = bounds[i] + (int) segmentWords;
    }
  }

  /** Whether the message has the segment, which is unsigned, as pointers have it. */
  public boolean hasSegment(int segment) {
    return Integer.compareUnsigned(segment, segmentCount) < 0;
  }

  /** Its first word. */
  public int start(int segment) {
    return bounds[segment];
  }

  /** The word after its last. */
  public int end(int segment) {
    return bounds[segment + 1];
  }

  /** The word after the message. */
  public int end() {
    return bounds[segmentCount];
  }

  /** The word at {@code place}, which is within a segment. */
  public long word(int place) {
    return message.getLong(place * Long.BYTES);
  }

  /** The byte {@code offset} bytes behind the start of word {@code place}. */
  byte byteAt(int place, int offset) {
    return message.get(place * Long.BYTES + offset);
  }

  /**
   * The segments as views of the message, for the library. Its own framing reader lets the last one
   * reach to the end of the array.
   */
  public ByteBuffer[] segments() {
    ByteBuffer[] segments = new ByteBuffer[segmentCount];
    for (int i = 0; i < segmentCount; i++) {
      segments[i] =
          message
              .slice(start(i) * Long.BYTES, (end(i) - start(i)) * Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
    }
    return segments;
  }

  private long unsignedInt(int offset) {
    return Integer.toUnsignedLong(message.getInt(offset));
  }
}
