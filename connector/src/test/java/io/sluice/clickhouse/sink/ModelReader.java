package io.sluice.clickhouse.sink;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/** A topic of one partition whose records are their offsets. */
final class ModelReader implements SourceReader<Integer, SourceSplit> {
  private int offset;
  private int end = Integer.MAX_VALUE;

  ModelReader(int offset) {
    this.offset = offset;
  }

  /** Of the next record. */
  int offset() {
    return offset;
  }

  /** Ends the input before this offset. */
  void endAt(int offset) {
    end = offset;
  }

  /** The next record, for a task that hands it on itself. */
  int next() {
    return offset++;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Integer> output) {
    if (offset >= end) {
      return InputStatus.END_OF_INPUT;
    }
    output.collect(offset++);
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<SourceSplit> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public void start() {}

  @Override
  public void addSplits(List<SourceSplit> splits) {}

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {}
}
