package io.sluice.clickhouse.block;

import java.io.Serializable;

/**
 * What travels in a lane from the encoders to a sink writer: a {@link Block}, or a signal of the
 * sink's own. Declared here so that the sink may import the encoder's package and not the reverse.
 */
public interface LaneElement extends Serializable {}
