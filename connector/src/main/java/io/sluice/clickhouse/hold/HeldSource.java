package io.sluice.clickhouse.hold;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ExternallyInducedSourceReader;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/**
 * A source that its lane's sink can hold back, and that ends only when all it read is stored.
 *
 * <p>Holding back at the source, where "nothing available" is an ordinary answer, leaves the task
 * thread free: checkpoints complete while the buffer is full, which they must, since nothing is
 * sent that no checkpoint covers. All else, splits and offsets included, is the wrapped source's.
 */
public class HeldSource<T, SplitT extends SourceSplit, EnumStateT>
    implements Source<T, SplitT, EnumStateT>, ResultTypeQueryable<T>, LineageVertexProvider {
  private static final long serialVersionUID = 1L;

  private final Source<T, SplitT, EnumStateT> source;
  private final TypeInformation<T> type;
  private final Intake intake;

  private HeldSource(Source<T, SplitT, EnumStateT> source, TypeInformation<T> type, Intake intake) {
    this.source = source;
    this.type = type;
    this.intake = intake;
  }

  /** Wraps {@code source}; Flink looks at what it implements, so the wrapper does the same. */
  public static <T, SplitT extends SourceSplit, EnumStateT> HeldSource<T, SplitT, EnumStateT> of(
      Source<T, SplitT, EnumStateT> source, TypeInformation<T> type, Intake intake) {
    return source instanceof SupportsSplitReassignmentOnRecovery
        ? new Reassigning<>(source, type, intake)
        : new HeldSource<>(source, type, intake);
  }

  private static final class Reassigning<T, SplitT extends SourceSplit, EnumStateT>
      extends HeldSource<T, SplitT, EnumStateT> implements SupportsSplitReassignmentOnRecovery {
    private static final long serialVersionUID = 1L;

    Reassigning(Source<T, SplitT, EnumStateT> source, TypeInformation<T> type, Intake intake) {
      super(source, type, intake);
    }
  }

  @Override
  public SourceReader<T, SplitT> createReader(SourceReaderContext context) throws Exception {
    int subtask = context.getIndexOfSubtask();
    SourceReader<T, SplitT> reader = source.createReader(context);
    if (reader instanceof ExternallyInducedSourceReader) {
      // Flink asks it whether a checkpoint is due, which the wrapper would hide.
      reader.close();
      throw new IllegalStateException(
          "%s triggers checkpoints itself (ExternallyInducedSourceReader); such a source cannot be held, leave out hold"
              .formatted(reader.getClass().getName()));
    }
    return new HeldReader<>(reader, () -> intake.valve(subtask));
  }

  /** The wrapped source's; null, as of a source that provides none, if it provides none. */
  @Override
  public LineageVertex getLineageVertex() {
    return source instanceof LineageVertexProvider provider ? provider.getLineageVertex() : null;
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<SplitT, EnumStateT> createEnumerator(
      SplitEnumeratorContext<SplitT> context) throws Exception {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<SplitT, EnumStateT> restoreEnumerator(
      SplitEnumeratorContext<SplitT> context, EnumStateT checkpoint) throws Exception {
    return source.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<SplitT> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<EnumStateT> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
