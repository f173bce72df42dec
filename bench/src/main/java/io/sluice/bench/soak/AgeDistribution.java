package io.sluice.bench.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How old rows were when they could be queried: from the second in which the producer made the
 * record, to the look at ClickHouse that first saw the row. Exact to a second or so: the table
 * keeps whole seconds, of which the middle is taken, and looks are half a second apart.
 *
 * <p>Not thread-safe.
 */
final class AgeDistribution {
  private static final long STEP_MILLIS = 500;
  private static final long HALF_A_SECOND_MILLIS = 500;
  private static final int BUCKETS = 10;
  private static final int BAR = 40;

  /** Rows by age, in steps. */
  private final NavigableMap<Long, Long> rowsByAge = new TreeMap<>();

  private final Map<Long, Long> seenBySecond = new HashMap<>();

  /**
   * Takes what the table has.
   *
   * @param rowsBySecond rows by the second since 1970 that their records were made in
   */
  void look(Map<Long, Long> rowsBySecond, long nowEpochMilli) {
    rowsBySecond.forEach(
        (second, rows) -> {
          long fresh = rows - seenBySecond.getOrDefault(second, 0L);
          if (fresh > 0) {
            long millis = nowEpochMilli - second * 1_000 - HALF_A_SECOND_MILLIS;
            rowsByAge.merge(Math.max(0, millis) / STEP_MILLIS, fresh, Long::sum);
            seenBySecond.put(second, rows);
          }
        });
  }

  long rows() {
    return rowsByAge.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The age in seconds that a share of the rows does not exceed; NaN without rows. */
  double quantile(double share) {
    long rank = (long) Math.ceil(share * rows());
    long younger = 0;
    for (var each : rowsByAge.entrySet()) {
      younger += each.getValue();
      if (younger >= rank) {
        return seconds(each.getKey());
      }
    }
    return Double.NaN;
  }

  double max() {
    return rowsByAge.isEmpty() ? Double.NaN : seconds(rowsByAge.lastKey());
  }

  private static double seconds(long steps) {
    return steps * STEP_MILLIS / 1e3;
  }

  /** Ten buckets of the same width from 0 to the oldest, for people. */
  String histogram() {
    if (rowsByAge.isEmpty()) {
      return "no rows";
    }
    double width = Math.max(1, Math.ceil((max() + STEP_MILLIS / 1e3) / BUCKETS));
    long[] buckets = new long[BUCKETS];
    rowsByAge.forEach(
        (steps, rows) -> buckets[Math.min(BUCKETS - 1, (int) (seconds(steps) / width))] += rows);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      double share = (double) buckets[i] / rows();
      lines.add(
          "%5.0f to %5.0f s  %5.1f%%  %s"
              .formatted(
                  i * width,
                  (i + 1) * width,
                  share * 100,
                  "#".repeat((int) Math.round(share * BAR)))
              .stripTrailing());
    }
    return String.join("\n", lines);
  }
}
