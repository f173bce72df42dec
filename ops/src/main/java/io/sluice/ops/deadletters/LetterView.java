package io.sluice.ops.deadletters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One dead letter for people, without a client address. */
public final class LetterView {
  private static final int MOST_BYTES = 512;

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
    lines.add("standing  " + words(standing));
    if (value == null) {
      lines.add("value     none");
      return lines;
    }
    lines.add(
        "value     %,d bytes%s"
            .formatted(value.length, letter.cut() ? ", the end is cut off" : ""));
    lines.add("frame     " + FrameView.of(value));
    lines.add("bytes     what may be text, and so a client address, is hidden");
    lines.addAll(MaskedBytes.dump(value, MOST_BYTES));
    return lines;
  }

  private static String words(Standing standing) {
    return switch (standing) {
      case WAITING -> "waits to be replayed";
      case REPLAYED -> "replayed";
      case CAME_BACK -> "was replayed before, and came back: it cannot be decoded yet";
      case INCOMPLETE -> "cannot be replayed: the whole message is not here";
    };
  }

  private static Instant time(long epochMilli) {
    return Instant.ofEpochMilli(epochMilli);
  }
}
