package io.sluice.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source that its lane's sink can hold back, and that ends only when all it read is stored.
 *
 * <p>Holding back at the source, where "nothing available" is an ordinary answer, leaves the task
 * thread free: checkpoints complete while the buffer is full, which they must, since nothing is
 * sent that no checkpoint covers. All else, splits and offsets included, is the wrapped source's.
 */
public final class HeldSource<T, SplitT extends SourceSplit, EnumStateT>
    implements Source<T, SplitT, EnumStateT>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  private final Source<T, SplitT, EnumStateT> source;
  private final TypeInformation<T> type;
  private final Intake intake;

  public HeldSource(Source<T, SplitT, EnumStateT> source, TypeInformation<T> type, Intake intake) {
    this.source = source;
    this.type = type;
    this.intake = intake;
  }

  @Override
  public SourceReader<T, SplitT> createReader(SourceReaderContext context) throws Exception {
    int subtask = context.getIndexOfSubtask();
    return new HeldReader<>(source.createReader(context), () -> intake.valve(subtask));
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
