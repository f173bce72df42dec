package io.sluice.bench.queries;

import java.util.Set;

/**
 * What the benchmark of the totals does.
 *
 * @param rows of the data set
 * @param seed of data set and filter values
 * @param runs of each question
 * @param rounds of inserts
 * @param bodies of a million rows that each turn inserts; ten times as many of 100,000
 * @param rowsPerInsert the larger of the two sizes; the smaller is a tenth
 * @param parts what is measured
 * @param coldFromDisk whether the whole machine's copies of files may be dropped for cold runs
 * @param allSplits whether the 50 mixed combinations are measured too
 */
public record QueriesOptions(
    long rows,
    long seed,
    int runs,
    int rounds,
    int bodies,
    int rowsPerInsert,
    Set<Part> parts,
    boolean coldFromDisk,
    boolean allSplits) {
  /** What can be measured for itself. */
  public enum Part {
    SERIES,
    TOP,
    INSERT,
    DISK
  }

  public QueriesOptions {
    parts = Set.copyOf(parts);
    require("rows", rows, 1_000, 1_000_000_000);
    require("runs", runs, 1, 1_000);
    require("rounds", rounds, 1, 100);
    require("bodies", bodies, 1, 100);
    require("rows per insert", rowsPerInsert, 1_000, 10_000_000);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts is empty, must have one at least");
    }
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", must be " + least + " to " + most);
    }
  }

  /** The whole measurement. */
  public static QueriesOptions full(
      long rows, long seed, int runs, Set<Part> parts, boolean allSplits) {
    return new QueriesOptions(rows, seed, runs, 3, 4, 1_000_000, parts, true, allSplits);
  }

  /** Seconds, to see that it works: its figures say little. */
  public static QueriesOptions quick(long seed, Set<Part> parts, boolean allSplits) {
    return new QueriesOptions(200_000, seed, 3, 1, 1, 20_000, parts, false, allSplits);
  }
}
