package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One round: the bare consumer and the job on the same records.
 *
 * @param stored rows in {@code http_log} afterwards
 * @param totals requests in the totals afterwards
 * @param clean whether every record is there exactly once, by its id, and in the totals
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PipelineRound(
    BareReading bareConsumer, JobReading job, long stored, long totals, boolean clean) {}
