package io.sluice.ops.audit;

/**
 * What {@code http_log} has of one run of the producer.
 *
 * @param run 0 for the rows that carry no id
 * @param rows with repeats
 * @param distinctIds without
 * @param highestId the largest id among them
 * @param inDoubtIds how many distinct ones of those whose fate the producer did not learn
 */
record StoredRun(int run, long rows, long distinctIds, long highestId, long inDoubtIds) {}
