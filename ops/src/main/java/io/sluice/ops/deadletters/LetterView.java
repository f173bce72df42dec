package io.sluice.ops.deadletters;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One dead letter for people, without a client address. */
public final class LetterView {
  private static final int MOST_BYTES = 512;
  private static final int MOST_SEGMENTS = 511;
  private static final int PER_LINE = 16;
  private static final int FIRST_TEXT_BYTE = 0x20;

  private LetterView() {}

  /**
   * Lines that say where it was, why it is here, what became of it, and what its bytes are like.
   *
   * @param value as in Kafka; null for a tombstone
   */
  public static List<String> lines(Letter letter, Standing standing, byte[] value) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "letter    %s, written %s".formatted(letter.place(), time(letter.writtenAtEpochMilli())));
    lines.add("was       %s, of %s".formatted(letter.origin(), time(letter.timestampEpochMilli())));
    lines.add("reason    " + letter.reason());
    lines.add("standing  " + standing.words());
    if (value == null) {
      lines.add("value     none");
      return lines;
    }
    lines.add(
        "value     %,d bytes%s"
            .formatted(value.length, letter.cut() ? ", the end is cut off" : ""));
    lines.add("frame     " + frame(value));
    lines.add("bytes     what may be text, and so a client address, is hidden");
    lines.addAll(dump(value, MOST_BYTES));
    return lines;
  }

  private static Instant time(long epochMilli) {
    return Instant.ofEpochMilli(epochMilli);
  }

  /**
   * What the frame of a Cap'n Proto message says, in one line, whether the message is right or not.
   * Numbers are said only where they are no larger than a frame's may be: those of a broken one may
   * be four letters of a client's address.
   *
   * <pre>
   *   0        4           8
   *   ┌────────┬───────────┬─────
   *   │count−1 │ words of  │ words of further segments, padding to a word, the segments
   *   │        │ segment 0 │
   *   └────────┴───────────┴─────
   * </pre>
   */
  static String frame(byte[] message) {
    if (message.length < 8) {
      return "no frame: less than a word";
    }
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    long segments = Integer.toUnsignedLong(bytes.getInt(0)) + 1;
    if (segments > MOST_SEGMENTS) {
      return "announces too many segments: not a Cap'n Proto message, or packed or compressed";
    }
    int table = (int) ((4 + 4 * segments + 7) / 8 * 8);
    if (table > message.length) {
      return "announces %d segments, and ends before their sizes".formatted(segments);
    }
    long needed = table;
    for (int i = 0; i < segments; i++) {
      needed += Integer.toUnsignedLong(bytes.getInt(4 + 4 * i)) * 8;
    }
    String count = "%d segment%s, ".formatted(segments, segments == 1 ? "" : "s");
    return needed > message.length
        ? count + "and ends before the last one does"
        : count + "%,d bytes with the frame: complete, so the trouble is inside".formatted(needed);
  }

  /**
   * Lines of an offset and sixteen bytes. Where in a broken message the address is nobody knows, so
   * every byte that can be part of a text in ASCII, UTF-8 or UTF-16 is hidden: all from a space
   * upwards. What is left is what one looks for in a broken Cap'n Proto message: zeros, segment
   * sizes and pointers.
   *
   * @param atMost bytes to show
   */
  static List<String> dump(byte[] bytes, int atMost) {
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
    return unsigned < FIRST_TEXT_BYTE ? "%02x".formatted(unsigned) : "··";
  }
}
