package io.sluice.httplog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cap'n Proto messages laid by hand, word by word, as in the <a
 * href="https://capnproto.org/encoding.html">encoding</a>.
 */
final class Words {
  /** A list of bytes. */
  static final int BYTES = 2;

  private Words() {}

  static long structPointer(int offsetWords, int dataWords, int pointerCount) {
    return (long) pointerCount << 48 | (long) dataWords << 32 | (offsetWords << 2 & 0xffffffffL);
  }

  static long listPointer(int offsetWords, int elementSize, int elementCount) {
    return (long) elementCount << 35
        | (long) elementSize << 32
        | (offsetWords << 2 & 0xffffffffL)
        | 1;
  }

  static long farPointer(int segment, int landingPadWord) {
    return (long) segment << 32 | (long) landingPadWord << 3 | 2;
  }

  static long doubleFarPointer(int segment, int landingPadWord) {
    return farPointer(segment, landingPadWord) | 4;
  }

  /** Up to eight ASCII characters, zero-padded. */
  static long text(String characters) {
    long word = 0;
    for (int i = characters.length() - 1; i >= 0; i--) {
      word = word << 8 | characters.charAt(i);
    }
    return word;
  }

  static long[] segment(long... words) {
    return words;
  }

  /** The segments in standard framing. */
  static byte[] message(long[]... segments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(littleEndianInt(segments.length - 1));
    for (long[] segment : segments) {
      bytes.writeBytes(littleEndianInt(segment.length));
    }
    if (bytes.size() % 8 != 0) {
      bytes.writeBytes(littleEndianInt(0));
    }
    for (long[] segment : segments) {
      ByteBuffer words = ByteBuffer.allocate(8 * segment.length).order(ByteOrder.LITTLE_ENDIAN);
      words.asLongBuffer().put(segment);
      bytes.writeBytes(words.array());
    }
    return bytes.toByteArray();
  }

  static byte[] littleEndianInt(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
