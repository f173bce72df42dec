package io.sluice.bench.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The audit at the end of a round, over all that was produced since the campaign began.
 *
 * @param faults that were carried out
 * @param drift requests in the totals beyond the rows in the table; negative if fewer
 */
public record RoundResult(
    int round,
    double seconds,
    int faults,
    long produced,
    long stored,
    long lost,
    long duplicated,
    @JsonProperty("totals_drift") long drift,
    boolean clean) {}
