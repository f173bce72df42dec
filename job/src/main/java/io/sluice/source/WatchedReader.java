package io.sluice.source;

import io.sluice.intake.ForwardingReader;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** Looks at the offsets of what the wrapped reader reads; see {@link WatchedSource}. */
// Flink's interface declares that close() throws any exception.
@SuppressWarnings("try")
final class WatchedReader extends ForwardingReader<KafkaMessage, KafkaPartitionSplit> {
  private final GapWatch gaps;
  private final WatchedOutput output;

  WatchedReader(SourceReader<KafkaMessage, KafkaPartitionSplit> reader, GapWatch gaps) {
    super(reader);
    this.gaps = gaps;
    this.output = new WatchedOutput(gaps::met);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<KafkaMessage> downstream) throws Exception {
    return super.pollNext(output.to(downstream));
  }

  /** Also called with the splits of a restored checkpoint: so a gap across a restart is seen. */
  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    splits.forEach(split -> output.startsAt(split.splitId(), split.getStartingOffset()));
    super.addSplits(splits);
  }

  @Override
  public void close() throws Exception {
    try (gaps) {
      super.close();
    }
  }
}
