package io.sluice.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The last line of the demo.
 *
 * @param firstRowsSeconds from the start of the job to the first rows in {@code http_log}; null if
 *     none came
 * @param latencyP50Seconds from Kafka's timestamp to the acknowledged insert; null if the job
 *     reports none
 */
public record DemoResult(
    long produced,
    long stored,
    long totals,
    long lost,
    long duplicated,
    @JsonProperty("requests_accepted") long requestsAccepted,
    @JsonProperty("requests_rejected") long requestsRejected,
    @JsonProperty("first_rows_seconds") Double firstRowsSeconds,
    @JsonProperty("latency_p50_seconds") Double latencyP50Seconds,
    @JsonProperty("latency_p95_seconds") Double latencyP95Seconds,
    @JsonProperty("latency_p99_seconds") Double latencyP99Seconds,
    boolean clean) {}
