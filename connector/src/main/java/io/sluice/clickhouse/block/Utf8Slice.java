package io.sluice.clickhouse.block;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as a range of a byte array: UTF-8 as it came, never decoded and never copied on the record
 * path, so that invalid UTF-8 is kept as it is.
 *
 * <p>Mutable and reused; not thread-safe. Whoever keeps a text longer than the call that hands it
 * over copies the bytes.
 */
public final class Utf8Slice {
  private static final byte[] NO_BYTES = {};

  public byte[] bytes = NO_BYTES;
  public int offset;
  public int length;

  public static Utf8Slice of(String text) {
    Utf8Slice slice = new Utf8Slice();
    slice.set(text);
    return slice;
  }

  public void set(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  public void set(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    set(encoded, 0, encoded.length);
  }

  public void clear() {
    set(NO_BYTES, 0, 0);
  }

  public byte[] toByteArray() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /** The text; bytes that are not UTF-8 become U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
