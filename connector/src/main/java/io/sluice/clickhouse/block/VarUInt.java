package io.sluice.clickhouse.block;

/**
 * ClickHouse's VarUInt for numbers below 2^31: seven bits per byte, the lowest first, the top bit
 * set on all bytes but the last (LEB128, as in <a
 * href="https://github.com/ClickHouse/ClickHouse/blob/master/src/IO/VarInt.h">VarInt.h</a>).
 */
final class VarUInt {
  static final int MAX_BYTES = 5;

  private VarUInt() {}

  /** Returns the position after it. */
  static int put(byte[] target, int position, int value) {
    int at = position;
    int rest = value;
    while (rest > 0x7F) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }

  static int get(byte[] source, int position) {
    int value = 0;
    int at = position;
    for (int shift = 0; ; shift += 7) {
      byte b = source[at++];
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  static int bytesOf(int value) {
    return value <= 0x7F ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
  }
}
