package io.sluice.sandbox.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the job says of itself at the TaskManager's Prometheus endpoint. */
public final class JobMetrics {
  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
  private static final String PREFIX = OPERATOR + "sluice_";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final PrometheusText text;

  JobMetrics(PrometheusText text) {
    this.text = text;
  }

  /** The metrics now; empty if nobody answers, or no job of ours runs there. */
  public static Optional<JobMetrics> scrape(int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(ANSWER_WITHIN)
            .build();
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(new JobMetrics(PrometheusText.parse(response.body())))
          .filter(metrics -> metrics.text.has(PREFIX + "openRows"));
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
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

  /** The largest value of a gauge over subtasks. */
  public OptionalDouble max(String name) {
    return text.max(PREFIX + name);
  }

  /** Seconds from Kafka's timestamp to the acknowledged insert, for a quantile such as 0.95. */
  public OptionalDouble latencySeconds(String quantile) {
    return text.quantile(PREFIX + "latencySeconds", quantile);
  }
}
