package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How fast rows went into one variant.
 *
 * @param rowsPerSecond while inserting: the median of the rounds
 * @param cpuSecondsPerMillionRows of the server, with the merges that followed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record InsertResult(
    InsertVariant variant,
    int rowsPerInsert,
    long rowsPerSecond,
    double cpuSecondsPerMillionRows,
    int rounds) {}
