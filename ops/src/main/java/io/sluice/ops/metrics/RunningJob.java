package io.sluice.ops.metrics;

import io.sluice.ops.OperatorException;
import io.sluice.ops.flink.FlinkRest;
import io.sluice.ops.flink.JobStatus;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A job that may run: what its lanes buffer, taken from Flink and from its TaskManagers together.
 *
 * @param flink the JobManager
 * @param id of the job, looked up anew at each question; empty if there is none
 * @param taskManagers where their metrics are
 */
public record RunningJob(FlinkRest flink, Supplier<Optional<String>> id, List<URI> taskManagers) {
  /** Throws if no job runs, or Flink does not say. */
  public void require() {
    JobStatus status = id.get().map(flink::jobStatus).orElse(JobStatus.UNKNOWN);
    if (status.kind() == JobStatus.Kind.NO_ANSWER) {
      throw OperatorException.failed(
          "flink does not answer, so nobody can say whether the job runs");
    }
    if (!status.isActive()) {
      throw OperatorException.wrongState("no job runs, so what it would still send is not known");
    }
  }

  /** What all lanes buffer; or why that is not known. */
  public Lanes lanes() {
    return id.get()
        .map(job -> Lanes.read(job, () -> flink.runningTasks(job), this::metrics))
        .orElseGet(() -> Lanes.unknown("no job runs"));
  }

  /** What the job's metrics say; empty while there is no job, or no TaskManager. */
  public Optional<JobMetrics> metrics() {
    return JobMetrics.scrape(taskManagers);
  }

  /** As {@link Lanes#requestsInDoubt}; empty while that cannot be known. */
  public OptionalLong requestsInDoubt() {
    return lanes().requestsInDoubt();
  }
}
