package io.sluice.httplog;

import static io.sluice.httplog.Words.BYTES;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * Messages with up to three words changed, mostly to pointers that are nearly right. The segment
 * table stays as it is, so that a reader of many finds the next.
 */
final class MutatedMessages {
  private final Random random;

  MutatedMessages(long seed) {
    random = new Random(seed);
  }

  byte[] next() {
    LogRow row = random.nextBoolean() ? LogRow.EXAMPLE : LogRow.DEFAULTS;
    byte[] message = row.encode(random.nextInt(4) == 0 ? 1024 : 1 + random.nextInt(12));
    ByteBuffer words = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    int tableWords = (words.getInt(0) + 1) / 2 + 1;
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int place = 8 * (tableWords + random.nextInt(message.length / 8 - tableWords));
      words.putLong(place, word(words.getLong(place)));
    }
    return message;
  }

  private long word(long before) {
    int near = random.nextInt(24) - 8;
    // Offsets of which only the lowest 32 bits of the place in bytes are right.
    int wrapping = near + (random.nextInt(4) << 28);
    return switch (random.nextInt(9)) {
      case 0 -> random.nextLong();
      case 1 -> before ^ 1L << random.nextInt(64);
      case 2 -> before ^ (1 + random.nextInt(3)) * 0x80000000L;
      case 3 -> Words.structPointer(near, random.nextInt(8), random.nextInt(6));
      case 4 -> Words.listPointer(near, BYTES, random.nextInt(30));
      case 5 -> Words.listPointer(wrapping, BYTES, random.nextInt(30));
      case 6 -> Words.farPointer(random.nextInt(6), random.nextInt(8));
      case 7 -> Words.doubleFarPointer(random.nextInt(6), random.nextInt(8));
      default -> 0;
    };
  }
}
