package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.send.Batch;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

/** A batch in a snapshot, and whether, up to then, it was certainly never applied. */
final class BatchState extends RequestEntryWrapper<LaneElement> {
  private final Batch batch;
  private final boolean neverApplied;

  BatchState(Batch batch, boolean neverApplied) {
    super(batch, batch.byteCount());
    this.batch = batch;
    this.neverApplied = neverApplied;
  }

  Batch batch() {
    return batch;
  }

  /** True tells nothing of what was sent after the snapshot; see {@link StopMark}. */
  boolean neverApplied() {
    return neverApplied;
  }
}
