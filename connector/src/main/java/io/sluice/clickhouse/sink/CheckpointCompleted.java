package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.LaneElement;

/** Tells the writer, in band, that a checkpoint has completed. */
record CheckpointCompleted(long checkpointId) implements LaneElement {}
