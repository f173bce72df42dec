package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.block.Table;
import io.sluice.clickhouse.hold.HeldSource;
import io.sluice.clickhouse.hold.Intake;
import io.sluice.clickhouse.send.SendQueue;
import java.util.Collection;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Stores rows in a ClickHouse table exactly once, in the table and in its materialized views: as
 * compressed columnar blocks, one request per window and lane.
 *
 * <p>Each subtask is a lane with an endpoint of its own, so the sink runs as many as there are
 * endpoints. The job needs checkpoints in exactly-once mode, since nothing is sent before a
 * checkpoint holds it, and operator chaining. See {@link SendQueue} for the rules.
 *
 * <p>State: batches that are not known to be stored, {@link BatchStateSerializer}. Metrics: {@link
 * SinkMetrics}.
 *
 * @param <T> the type of a row; instances may be reused
 */
@PublicEvolving
public final class ClickHouseSink<T> extends AsyncSinkBase<T, LaneElement>
    implements SupportsPreWriteTopology<T> {
  private static final long serialVersionUID = 1L;

  private final Table<T> table;
  private final BlockSettings blocks;
  private final SinkSettings settings;
  private final Intake intake = new Intake();
  private WhenFull whenFull;

  /** What the sink was put behind; it stands in one place of one job. */
  private transient Transformation<T> input;

  ClickHouseSink(Table<T> table, BlockSettings blocks, SinkSettings settings, WhenFull whenFull) {
    super(
        // What reaches the writer are lane elements already; see addPreWriteTopology.
        (element, context) -> (LaneElement) element,
        1,
        1,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        LaneBuffer.A_DAY.toMillis(),
        Long.MAX_VALUE);
    this.table = table;
    this.blocks = blocks;
    this.settings = settings;
    this.whenFull = whenFull;
  }

  public static <T> ClickHouseSinkBuilder<T> builder() {
    return new ClickHouseSinkBuilder<>();
  }

  /**
   * The source of a chain that ends in this sink, held back while the sink's buffer is full: what
   * is not read stays where it is, and checkpoints complete meanwhile. A bounded source ends when
   * all that it gave is stored.
   *
   * <p>Source and sink have to be one chain: without keyBy, rebalance or another parallelism
   * between them, and without an operator that keeps rows until its input ends.
   *
   * @throws IllegalStateException if the sink was built to accept whatever comes
   */
  public <R, SplitT extends SourceSplit, EnumStateT> Source<R, SplitT, EnumStateT> hold(
      Source<R, SplitT, EnumStateT> source, TypeInformation<R> type) {
    require(
        whenFull != WhenFull.ACCEPT,
        "the sink for %s cannot hold a source and accept whatever comes; leave out either hold or acceptWhenFull"
            .formatted(table.qualifiedName()));
    whenFull = WhenFull.HOLD_SOURCE;
    return HeldSource.of(source, type, intake);
  }

  /** How many subtasks the sink has to have. */
  public int lanes() {
    return settings.lanes().size();
  }

  @Internal
  public Table<T> table() {
    return table;
  }

  @Internal
  public BlockSettings blocks() {
    return blocks;
  }

  @Internal
  public SinkSettings settings() {
    return settings;
  }

  /** Throws with the setting of Flink without which the promise cannot be kept. */
  public static void requireGuarantees(StreamExecutionEnvironment env) {
    require(
        env.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.STREAMING,
        "execution.runtime-mode is not STREAMING; there are no checkpoints then, and nothing is"
            + " sent that no checkpoint covers");
    require(
        env.getCheckpointConfig().isCheckpointingEnabled(),
        "execution.checkpointing.interval is not set; nothing is sent that no checkpoint covers,"
            + " so set it, for example to 10 s");
    require(
        env.getCheckpointConfig().getCheckpointingConsistencyMode()
            == CheckpointingMode.EXACTLY_ONCE,
        "execution.checkpointing.mode is not EXACTLY_ONCE; records would be stored twice");
    require(
        env.getConfiguration().get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH),
        CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH.key()
            + " is false; once one lane has ended there are no checkpoints, and the others send"
            + " nothing more");
    require(
        env.getConfiguration()
            .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG)
            .map(interval -> !interval.isZero())
            .orElse(true),
        "execution.checkpointing.interval-during-backlog is 0; nothing is sent that no checkpoint"
            + " covers, so a backlog would never end");
    require(
        env.isChainingEnabled(),
        "pipeline.operator-chaining.enabled is false; a lane's source and sink share one task");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** What the writer is given are not rows any more, but blocks and news about them. */
  @Override
  @SuppressWarnings("unchecked")
  public DataStream<T> addPreWriteTopology(DataStream<T> rows) {
    requireGuarantees(rows.getExecutionEnvironment());
    require(
        input == null || input.equals(rows.getTransformation()),
        "the sink for %s is used twice; each place in a job needs a sink and endpoints of its own"
            .formatted(table.qualifiedName()));
    input = rows.getTransformation();
    TypeInformation<LaneElement> type = ChainedType.immutable(LaneElement.class);
    DataStream<LaneElement> elements =
        rows.transform("Encode", type, new BlockEncoder<>(table, blocks))
            .uid("block-encoder")
            .setParallelism(lanes())
            .transform("Checkpoint notifier", type, new CheckpointNotifier())
            .uid("checkpoint-notifier")
            .setParallelism(lanes());
    return (DataStream<T>) (DataStream<?>) elements;
  }

  @Override
  public StatefulSinkWriter<T, BufferedRequestState<LaneElement>> createWriter(
      WriterInitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  @SuppressWarnings("unchecked")
  public StatefulSinkWriter<T, BufferedRequestState<LaneElement>> restoreWriter(
      WriterInitContext context, Collection<BufferedRequestState<LaneElement>> recovered) {
    ClickHouseSinkWriter writer =
        ClickHouseSinkWriter.open(settings, whenFull, intake, context, recovered, LaneParts.real());
    return (StatefulSinkWriter<T, BufferedRequestState<LaneElement>>)
        (StatefulSinkWriter<?, BufferedRequestState<LaneElement>>) writer;
  }

  @Override
  public SimpleVersionedSerializer<BufferedRequestState<LaneElement>> getWriterStateSerializer() {
    return new BatchStateSerializer();
  }
}
