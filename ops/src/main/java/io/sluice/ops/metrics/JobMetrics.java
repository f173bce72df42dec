package io.sluice.ops.metrics;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the job says of itself at its TaskManagers' Prometheus endpoints. */
public record JobMetrics(PrometheusText text) {
  private static final String PROCESS = "flink_taskmanager_";
  private static final String OPERATOR = PROCESS + "job_task_operator_";
  private static final String PREFIX = OPERATOR + "sluice_";

  /** The metrics now; empty if no TaskManager answers, or no job of ours runs there. */
  public static Optional<JobMetrics> scrape(List<URI> taskManagers) {
    return PrometheusEndpoint.scrape(taskManagers)
        .map(JobMetrics::new)
        .filter(metrics -> metrics.text.has(PREFIX + "openRows"));
  }

  /** Without other jobs that run on the same TaskManagers. */
  JobMetrics of(String jobId) {
    return new JobMetrics(text.only("job_id", jobId));
  }

  /** Messages that were read from Kafka, also those that cannot be decoded. */
  public long recordsRead() {
    return (long) text.sum(OPERATOR + "numRecordsIn", "operator_name=\"Decode\"");
  }

  /** A counter or gauge, summed over subtasks; 0 if the job has none of that name. */
  public long sum(String name) {
    return (long) text.sum(PREFIX + name);
  }

  long lanes(String name) {
    return text.distinct(PREFIX + name, "subtask_index");
  }

  public OptionalDouble max(String name) {
    return text.max(PREFIX + name);
  }

  /** A figure of the TaskManager's process, such as {@code Status_JVM_Memory_Heap_Used}. */
  public OptionalDouble ofProcess(String name) {
    return text.max(PROCESS + name);
  }

  /** Seconds from Kafka's timestamp to the acknowledged insert, for a quantile such as 0.95. */
  public OptionalDouble latencySeconds(String quantile) {
    return text.quantile(PREFIX + "latencySeconds", quantile);
  }
}
