package io.sluice.ops.deadletters;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes for people, without a client address in them. Where in a broken message the address is
 * nobody knows, so every byte that can be part of a text in ASCII, UTF-8 or UTF-16 is hidden: all
 * from a space upwards. What is left is what one looks for in a broken Cap'n Proto message: zeros,
 * segment sizes and pointers.
 */
public final class MaskedBytes {
  private static final int PER_LINE = 16;
  private static final int FIRST_TEXT_BYTE = 0x20;
  private static final String HIDDEN = "··";

  private MaskedBytes() {}

  /**
   * Lines of an offset and sixteen bytes.
   *
   * @param atMost bytes to show
   */
  public static List<String> dump(byte[] bytes, int atMost) {
    int shown = Math.min(bytes.length, atMost);
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < shown; start += PER_LINE) {
      StringBuilder line = new StringBuilder("%08x ".formatted(start));
      for (int i = start; i < Math.min(start + PER_LINE, shown); i++) {
        line.append(i % 8 == 0 && i > start ? "  " : " ").append(one(bytes[i]));
      }
      lines.add(line.toString());
    }
    if (shown < bytes.length) {
      lines.add("… %,d more".formatted(bytes.length - shown));
    }
    return lines;
  }

  private static String one(byte value) {
    int unsigned = Byte.toUnsignedInt(value);
    return unsigned < FIRST_TEXT_BYTE ? "%02x".formatted(unsigned) : HIDDEN;
  }
}
