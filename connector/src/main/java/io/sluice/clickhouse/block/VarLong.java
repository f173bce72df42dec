package io.sluice.clickhouse.block;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** 64-bit numbers in one to ten bytes, seven bits each, the lowest first (LEB128). */
final class VarLong {
  private VarLong() {}

  static void write(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) rest | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long read(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = in.readByte();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IOException("corrupt number: more than ten bytes");
  }

  static int readPositiveInt(DataInput in, String what) throws IOException {
    long value = read(in);
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new IOException("corrupt " + what + ": " + value);
    }
    return (int) value;
  }

  /** Small negative numbers become small positive ones. */
  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
