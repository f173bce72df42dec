package io.sluice.sink;

import io.sluice.block.LaneElement;

/** Tells the writer, in band, that a checkpoint has completed. */
record CheckpointCompleted(long checkpointId) implements LaneElement {}
