package io.sluice.ops.metrics;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the job says of itself at its TaskManagers' Prometheus endpoints. */
public final class JobMetrics {
  private static final String PROCESS = "flink_taskmanager_";
  private static final String OPERATOR = PROCESS + "job_task_operator_";
  private static final String PREFIX = OPERATOR + "sluice_";

  private final PrometheusText text;

  JobMetrics(PrometheusText text) {
    this.text = text;
  }

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

  /**
   * Messages that the job has read from Kafka since it started, those that it cannot decode too.
   */
  public long recordsRead() {
    return (long) text.sum(OPERATOR + "numRecordsIn", "operator_name=\"Decode\"");
  }

  /** A counter or gauge, summed over subtasks; 0 if the job has none of that name. */
  public long sum(String name) {
    return (long) text.sum(PREFIX + name);
  }

  /** How many lanes have a gauge. */
  long lanes(String name) {
    return text.distinct(PREFIX + name, "subtask_index");
  }

  /** The largest value of a gauge over subtasks. */
  public OptionalDouble max(String name) {
    return text.max(PREFIX + name);
  }

  /**
   * A figure of the TaskManager's whole process; empty if Flink has none of that name.
   *
   * @param name such as {@code Status_JVM_Memory_Heap_Used}
   */
  public OptionalDouble ofProcess(String name) {
    return text.max(PROCESS + name);
  }

  /** Seconds from Kafka's timestamp to the acknowledged insert, for a quantile such as 0.95. */
  public OptionalDouble latencySeconds(String quantile) {
    return text.quantile(PREFIX + "latencySeconds", quantile);
  }
}
