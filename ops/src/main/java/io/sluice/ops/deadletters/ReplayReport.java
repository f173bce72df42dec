package io.sluice.ops.deadletters;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a replay ended.
 *
 * @param selected letters that were to be replayed
 * @param replayed letters whose bytes and receipts Kafka has
 * @param deleted letters that Kafka deleted before they could be read
 * @param left letters that still wait, because they were not selected
 * @param cameBack letters that were replayed before and are here again
 * @param incomplete letters without their whole message
 * @param repeats letters that the job wrote more than once, which were left out
 */
public record ReplayReport(
    long selected,
    long replayed,
    long deleted,
    long left,
    @JsonProperty("came_back") long cameBack,
    long incomplete,
    long repeats) {}
