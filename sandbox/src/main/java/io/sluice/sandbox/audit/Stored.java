package io.sluice.sandbox.audit;

import java.util.List;
import java.util.Optional;

/**
 * What ClickHouse has.
 *
 * @param bytes sum of {@code bytes_sent} in {@code http_log}
 * @param totalRequests sum of {@code requests} in {@code http_log_agg}
 * @param totalBytes sum of {@code bytes_sent} there
 */
record Stored(List<StoredRun> runs, long bytes, long totalRequests, long totalBytes) {
  Stored {
    runs = List.copyOf(runs);
  }

  long rows() {
    return runs.stream().mapToLong(StoredRun::rows).sum();
  }

  Optional<StoredRun> run(int ordinal) {
    return runs.stream().filter(run -> run.run() == ordinal).findFirst();
  }
}
