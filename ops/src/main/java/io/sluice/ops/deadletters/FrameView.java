package io.sluice.ops.deadletters;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
final class FrameView {
  private static final int MOST_SEGMENTS = 511;

  private FrameView() {}

  static String of(byte[] message) {
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
}
