package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.BlockBuilder;
import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.block.Table;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Turns rows into {@link Block}s: when one is full, before every checkpoint barrier, and at the end
 * of the input. So nothing is held over a barrier, and there is neither state nor timer; a row
 * waits for one checkpoint interval at most.
 *
 * <p>Rows may be reused objects. Blocks carry no event time.
 */
public final class BlockEncoder<T> extends AbstractStreamOperator<LaneElement>
    implements OneInputStreamOperator<T, LaneElement>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  private final Table<T> table;
  private final BlockSettings settings;

  private transient BlockBuilder<T> builder;
  private transient Counter blocks;
  private transient Counter rows;
  private transient Counter rawBytes;
  private transient Counter compressedBytes;

  public BlockEncoder(Table<T> table, BlockSettings settings) {
    this.table = table;
    this.settings = settings;
  }

  @Override
  public void open() throws Exception {
    super.open();
    MetricGroup group = getMetricGroup().addGroup("sluice");
    blocks = group.counter(SinkMetric.BLOCKS_ENCODED.metricName);
    rows = group.counter(SinkMetric.ROWS_ENCODED.metricName);
    rawBytes = group.counter(SinkMetric.RAW_BYTES_ENCODED.metricName);
    compressedBytes = group.counter(SinkMetric.COMPRESSED_BYTES_ENCODED.metricName);
    builder = new BlockBuilder<>(table, settings);
    BlockBuilder<T> open = builder;
    // Read by reporters while the task thread appends: at worst a moment old.
    group.<Integer, Gauge<Integer>>gauge(SinkMetric.UNENCODED_ROWS.metricName, open::rowCount);
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    builder.append(element.getValue());
    if (builder.isFull()) {
      builder.build(this::emit);
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    builder.build(this::emit);
  }

  @Override
  public void endInput() {
    builder.build(this::emit);
  }

  private void emit(Block block) {
    blocks.inc();
    rows.inc(block.rowCount());
    rawBytes.inc(block.rawBytes());
    compressedBytes.inc(block.frameBytes());
    output.collect(new StreamRecord<>(block));
  }

  @Override
  public void close() throws Exception {
    if (builder != null) {
      builder.close();
    }
    super.close();
  }
}
