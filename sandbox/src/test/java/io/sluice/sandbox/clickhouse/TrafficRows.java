package io.sluice.sandbox.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows as traffic has them: few resources and networks have most, and some texts are odd. */
final class TrafficRows {
  private static final long DAY = 86_400;
  private static final String[] CACHE = {"HIT", "HIT", "MISS", "", "\u00ff\u00fe", "a\tb'\\"};
  private static final int[] STATUS = {200, 200, 200, 304, 404, 503, 0, 65_535};
  private static final String[] ADDRESSES = {
    "1.2.3.X", "1.2.4.X", "255.255.255.X", "2001:db8:1::X", "0:0:0::X", "fe80:0:0::X", "X", ""
  };

  private final SplittableRandom random;

  /** Seconds since 1970. */
  private final long now;

  TrafficRows(SplittableRandom random, long now) {
    this.random = random;
    this.now = now;
  }

  List<LogRow> some(int count) {
    List<LogRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new LogRow(
              time(),
              random.nextInt(1 + random.nextInt(20)),
              random.nextInt(20) == 0 ? random.nextLong() : random.nextInt(1 << 20),
              random.nextInt(1_000),
              STATUS[random.nextInt(STATUS.length)],
              CACHE[random.nextInt(CACHE.length)],
              "GET",
              ADDRESSES[random.nextInt(1 + random.nextInt(ADDRESSES.length))],
              "/" + i));
    }
    return rows;
  }

  /**
   * Half of them of the last two days, the others up to 420 days old; many on an edge of a step.
   */
  long time() {
    long second = now - random.nextLong(DAY * new long[] {1, 3, 3, 36, 36, 420}[random.nextInt(6)]);
    if (random.nextInt(4) > 0) {
      return second;
    }
    long step = new long[] {60, 3_600, DAY}[random.nextInt(3)];
    return second / step * step - random.nextInt(2);
  }
}
