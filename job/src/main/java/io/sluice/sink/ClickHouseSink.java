package io.sluice.sink;

import io.sluice.block.LaneElement;
import io.sluice.intake.Intake;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Stores blocks in ClickHouse exactly once, one request per window and lane.
 *
 * <p>Each subtask is a lane with an endpoint of its own. See {@link SendQueue} for the rules.
 */
public final class ClickHouseSink extends AsyncSinkBase<LaneElement, Batch>
    implements SupportsPreWriteTopology<LaneElement> {
  private static final long serialVersionUID = 1L;

  private final SinkSettings settings;
  private final Intake intake;

  public ClickHouseSink(SinkSettings settings, Intake intake) {
    super(
        (element, context) -> Gate.KNOCK,
        ClickHouseSinkWriter.BATCHES_PER_REQUEST,
        ClickHouseSinkWriter.BATCHES_PER_REQUEST,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        ClickHouseSinkWriter.NEVER.toMillis(),
        Long.MAX_VALUE);
    this.settings = settings;
    this.intake = intake;
  }

  @Override
  public DataStream<LaneElement> addPreWriteTopology(DataStream<LaneElement> blocks) {
    return blocks
        .transform("Checkpoint notifier", blocks.getType(), new CheckpointNotifier())
        .uid("checkpoint-notifier")
        .setParallelism(blocks.getParallelism());
  }

  @Override
  public StatefulSinkWriter<LaneElement, BufferedRequestState<Batch>> createWriter(
      WriterInitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<LaneElement, BufferedRequestState<Batch>> restoreWriter(
      WriterInitContext context, Collection<BufferedRequestState<Batch>> recovered) {
    return ClickHouseSinkWriter.open(
        settings, intake, getElementConverter(), context, recovered, Surroundings.real());
  }

  @Override
  public SimpleVersionedSerializer<BufferedRequestState<Batch>> getWriterStateSerializer() {
    return new BatchStateSerializer();
  }
}
