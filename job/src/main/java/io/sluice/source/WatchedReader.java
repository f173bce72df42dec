package io.sluice.source;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** Looks at the offsets of what the wrapped reader reads; see {@link WatchedSource}. */
// Flink's interface declares that close() throws any exception.
@SuppressWarnings("try")
final class WatchedReader implements SourceReader<KafkaMessage, KafkaPartitionSplit> {
  private final SourceReader<KafkaMessage, KafkaPartitionSplit> reader;
  private final GapWatch gaps;
  private final WatchedOutput output;

  WatchedReader(SourceReader<KafkaMessage, KafkaPartitionSplit> reader, GapWatch gaps) {
    this.reader = reader;
    this.gaps = gaps;
    this.output = new WatchedOutput(gaps::met);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<KafkaMessage> downstream) throws Exception {
    return reader.pollNext(output.to(downstream));
  }

  /** Also called with the splits of a restored checkpoint: so a gap across a restart is seen. */
  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    splits.forEach(split -> output.startsAt(split.splitId(), split.getStartingOffset()));
    reader.addSplits(splits);
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent sourceEvent) {
    reader.handleSourceEvents(sourceEvent);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<String> splitsToPause, Collection<String> splitsToResume) {
    reader.pauseOrResumeSplits(splitsToPause, splitsToResume);
  }

  @Override
  public void close() throws Exception {
    try (gaps) {
      reader.close();
    }
  }
}
