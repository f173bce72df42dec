package io.sluice.feed.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Remembers the offsets of the messages that come out of a reader, of all splits. */
final class PassedOn implements ReaderOutput<KafkaMessage> {
  final List<Long> offsets = new ArrayList<>();
  final List<String> released = new ArrayList<>();

  @Override
  public void collect(KafkaMessage message) {
    offsets.add(message.offset);
  }

  @Override
  public void collect(KafkaMessage message, long timestamp) {
    offsets.add(message.offset);
  }

  @Override
  public SourceOutput<KafkaMessage> createOutputForSplit(String splitId) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String splitId) {
    released.add(splitId);
  }

  @Override
  public void emitWatermark(Watermark watermark) {}

  @Override
  public void markIdle() {}

  @Override
  public void markActive() {}
}
