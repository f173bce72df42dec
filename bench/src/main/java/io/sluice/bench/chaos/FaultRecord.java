package io.sluice.bench.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A fault that happened.
 *
 * @param route null if its kind is not for a route
 * @param carriedOut false if a step of it failed, such as a savepoint while another fault still
 *     reigned; then it does not count
 * @param recoverySeconds from its beginning until ClickHouse had as many rows as Kafka had
 *     acknowledged records when it began; null if that was not seen
 */
public record FaultRecord(
    int round,
    FaultKind kind,
    Route route,
    @JsonProperty("carried_out") boolean carriedOut,
    @JsonProperty("recovery_seconds") Double recoverySeconds) {}
