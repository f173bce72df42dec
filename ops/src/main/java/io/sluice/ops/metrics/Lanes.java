package io.sluice.ops.metrics;

import io.sluice.ops.flink.RunningTasks;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What the lanes of the job buffer. A lane that is being restarted shows no metrics, and has its
 * rows in its checkpoint; so only all lanes together say anything.
 *
 * @param metrics of every lane; empty if one is missing
 * @param unknownBecause why it is, for people
 */
public record Lanes(Optional<JobMetrics> metrics, String unknownBecause) {
  private static final String IN_DOUBT = "requestsInDoubt";
  private static final List<String> BUFFERS = List.of("unencodedRows", "openRows", "frozenRows");
  private static final List<String> GAUGES =
      List.of("unencodedRows", "openRows", "frozenRows", IN_DOUBT);

  static Lanes unknown(String because) {
    return new Lanes(Optional.empty(), because);
  }

  /**
   * Reads the metrics in between two looks at the tasks, so that a lane which ended before, or has
   * not restored its state yet, is not taken for an empty one.
   *
   * @param tasks of the job, if all of them run
   * @param scrape the metrics of its TaskManager
   */
  public static Lanes read(
      String jobId, Supplier<Optional<RunningTasks>> tasks, Supplier<Optional<JobMetrics>> scrape) {
    Optional<RunningTasks> before = tasks.get();
    if (before.isEmpty()) {
      return unknown("not all tasks of the job run");
    }
    Optional<JobMetrics> metrics = scrape.get().map(all -> all.of(jobId));
    if (metrics.isEmpty()) {
      return unknown("the job's metrics cannot be read");
    }
    int lanes = before.get().parallelism();
    for (String gauge : GAUGES) {
      long reporting = metrics.get().lanes(gauge);
      if (reporting != lanes) {
        return unknown("%d of %d lanes report %s".formatted(reporting, lanes, gauge));
      }
    }
    return tasks.get().equals(before)
        ? new Lanes(metrics, "")
        : unknown("the job was restarted in the meantime");
  }

  /** Rows that are in the job and not known to be stored. */
  public OptionalLong bufferedRows() {
    return metrics.stream().mapToLong(all -> BUFFERS.stream().mapToLong(all::sum).sum()).findAny();
  }

  /** Batches of which ClickHouse may have rows and that the job may send again. */
  public OptionalLong requestsInDoubt() {
    return metrics.stream().mapToLong(all -> all.sum(IN_DOUBT)).findAny();
  }
}
