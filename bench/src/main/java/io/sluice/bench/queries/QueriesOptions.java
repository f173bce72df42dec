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
 */
record QueriesOptions(
    long rows,
    long seed,
    int runs,
    int rounds,
    int bodies,
    int rowsPerInsert,
    Set<Part> parts,
    boolean coldFromDisk) {
  enum Part {
    SERIES,
    TOP,
    INSERT,
    DISK
  }

  static QueriesOptions full(long rows, long seed, int runs, Set<Part> parts) {
    return new QueriesOptions(rows, seed, runs, 3, 4, 1_000_000, parts, true);
  }

  /** Seconds, to see that it works: its figures say little. */
  static QueriesOptions quick(long seed, Set<Part> parts) {
    return new QueriesOptions(200_000, seed, 3, 1, 1, 20_000, parts, false);
  }
}
