package io.sluice.sandbox.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of the values at which something might go wrong, in any mixture. */
final class ExtremeRows {
  static final long LAST_SECOND = 0xffff_ffffL;

  private static final long DAY = 86_400;
  private static final int[] STATUS = {0, 1, 200, 65_535};
  private static final String[] ADDRESSES = {
    "", "X", "0.0.0.X", "255.255.255.X", "0:0:0::X", "ffff:ffff:ffff::X", "\u0000", "\u00ff.1.2.X"
  };
  private static final String ALL_BYTES =
      IntStream.range(0, 256)
          .mapToObj(value -> Character.toString((char) value))
          .collect(Collectors.joining());

  /** Empty, a zero byte, UTF-8 that is broken off or never was, what TabSeparated escapes. */
  private static final String[] TEXTS = {
    "", "HIT", "\u0000", "\u00c3", "\u00ff\u00fe", "\u00ed\u00a0\u0080", "\t\n\\'", " ", ALL_BYTES
  };

  private final SplittableRandom random;
  private final long[] seconds;

  /**
   * @param today midnight, in seconds since 1970
   */
  ExtremeRows(SplittableRandom random, long today) {
    this.random = random;
    this.seconds =
        new long[] {
          0,
          1,
          DAY - 1,
          DAY,
          // 1970-01-05, the first Monday.
          4 * DAY - 1,
          4 * DAY,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE + 1L,
          today - 1,
          today,
          today + DAY - 1,
          today + DAY,
          // 2106-02-07, the last day, is not a whole one.
          LAST_SECOND / DAY * DAY - 1,
          LAST_SECOND / DAY * DAY,
          LAST_SECOND - 1,
          LAST_SECOND
        };
  }

  List<LogRow> some(int count) {
    List<LogRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new LogRow(
              seconds[random.nextInt(seconds.length)],
              number(),
              number(),
              number(),
              STATUS[random.nextInt(STATUS.length)],
              text(),
              text(),
              random.nextBoolean() ? ADDRESSES[random.nextInt(ADDRESSES.length)] : text(),
              text()));
    }
    return rows;
  }

  /** Of 64 bits without a sign: two of the large ones already wrap around. */
  private long number() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> -1;
      case 3 -> Long.MIN_VALUE;
      case 4 -> Long.MAX_VALUE;
      default -> random.nextLong();
    };
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
