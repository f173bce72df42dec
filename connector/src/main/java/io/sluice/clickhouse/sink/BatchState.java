package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.send.Batch;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

/**
 * A batch in a snapshot.
 *
 * @param neverApplied whether, up to then, it was certainly never applied. True tells nothing of
 *     what was sent after the snapshot; see {@link LaneSignal}
 */
record BatchState(Batch batch, boolean neverApplied) implements LaneElement {
  private static final long serialVersionUID = 1L;

  RequestEntryWrapper<LaneElement> entry() {
    return new RequestEntryWrapper<>(this, batch.byteCount());
  }
}
