package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.LaneElement;

/** Tells the writer that the window has opened, or a delay is over; it brings nothing else. */
record TimerFired() implements LaneElement {}
