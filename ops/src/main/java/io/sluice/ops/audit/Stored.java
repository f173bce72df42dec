package io.sluice.ops.audit;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What ClickHouse has.
 *
 * @param since the first day of which {@code http_log} has every row that was ever stored, UTC
 * @param bytes sum of {@code bytes_sent} in {@code http_log}
 * @param levels what each table of totals has; one at least
 */
record Stored(LocalDate since, List<StoredRun> runs, long bytes, List<StoredLevel> levels) {
  /** Whether {@code http_log} still has all records of a run that it ever got. */
  boolean keeps(ProducedRun run) {
    return run.startedEpochMilli() >= since.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** The first table of totals that differs from {@code http_log}; the first if none does. */
  StoredLevel worstLevel() {
    return levels.stream().filter(level -> !level.agrees()).findFirst().orElse(levels.get(0));
  }

  long rows() {
    return runs.stream().mapToLong(StoredRun::rows).sum();
  }

  /**
   * What {@code http_log} has of one run of the producer.
   *
   * @param run 0 for the rows that carry no id
   * @param rows with repeats
   * @param distinctIds without
   * @param highestId the largest id among them
   * @param inDoubtIds how many distinct ones of those whose fate the producer did not learn
   */
  record StoredRun(int run, long rows, long distinctIds, long highestId, long inDoubtIds) {}
}
