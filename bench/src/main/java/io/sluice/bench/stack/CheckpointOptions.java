package io.sluice.bench.stack;

import java.time.Duration;

/**
 * What the checkpoint benchmark does.
 *
 * @param rows that are buffered meanwhile
 * @param hang how long the request hangs at least, after the rows are buffered
 * @param checkpoints how many are measured at least
 * @param bufferMaxBytes of the job
 */
public record CheckpointOptions(long rows, Duration hang, int checkpoints, long bufferMaxBytes) {
  /** Below the job's request timeout of 5 minutes: longer, and it would be another request. */
  private static final Duration LONGEST_HANG = Duration.ofMinutes(4);

  private static final long MOST_ROWS = 100_000_000;

  public CheckpointOptions {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new IllegalArgumentException("rows is " + rows + ", must be 1 to " + MOST_ROWS);
    }
    if (hang.isNegative() || hang.isZero() || hang.compareTo(LONGEST_HANG) > 0) {
      throw new IllegalArgumentException(
          "hang is %d ms, must be 1 to %d".formatted(hang.toMillis(), LONGEST_HANG.toMillis()));
    }
    if (checkpoints < 1 || checkpoints > 10_000) {
      throw new IllegalArgumentException("checkpoints is " + checkpoints + ", must be 1 to 10000");
    }
    if (bufferMaxBytes < 1) {
      throw new IllegalArgumentException("buffer is " + bufferMaxBytes + ", must be above 0");
    }
  }
}
