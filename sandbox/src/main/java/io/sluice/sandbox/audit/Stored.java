package io.sluice.sandbox.audit;

import java.util.List;
import java.util.Optional;

/**
 * What ClickHouse has.
 *
 * @param bytes sum of {@code bytes_sent} in {@code http_log}
 * @param levels what each table of totals has; one at least
 */
record Stored(List<StoredRun> runs, long bytes, List<StoredLevel> levels) {
  Stored {
    runs = List.copyOf(runs);
    levels = List.copyOf(levels);
  }

  /**
   * The first table of totals that differs from {@code http_log}; the first of all if none does.
   */
  StoredLevel worstLevel() {
    return levels.stream()
        .filter(level -> level.requests() != rows() || level.bytes() != bytes)
        .findFirst()
        .orElse(levels.get(0));
  }

  long rows() {
    return runs.stream().mapToLong(StoredRun::rows).sum();
  }

  Optional<StoredRun> run(int ordinal) {
    return runs.stream().filter(run -> run.run() == ordinal).findFirst();
  }
}
