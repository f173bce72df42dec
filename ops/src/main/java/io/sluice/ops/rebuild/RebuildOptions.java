package io.sluice.ops.rebuild;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What to make anew, and how patiently.
 *
 * @param table the level, with or without its database
 * @param since no earlier day is touched; empty for all that {@code http_log} has
 * @param doubtWithin how long inserts are held off for the job's doubts to end, before they are let
 *     pass and it is tried again
 */
public record RebuildOptions(String table, Optional<LocalDate> since, Duration doubtWithin) {
  public RebuildOptions {
    if (table.isBlank() || !table.matches("[\\w.]+")) {
      throw new IllegalArgumentException("table: '" + table + "', must be a name");
    }
    if (doubtWithin.isNegative() || doubtWithin.isZero()) {
      throw new IllegalArgumentException("doubtWithin: " + doubtWithin + ", must be positive");
    }
  }
}
