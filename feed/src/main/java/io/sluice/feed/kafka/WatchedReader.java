package io.sluice.feed.kafka;

import io.sluice.clickhouse.hold.ForwardingReader;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** Tells an {@link WatchedMessages} what the wrapped reader is to read. */
// Flink's interface declares that close() throws any exception.
@SuppressWarnings("try")
final class WatchedReader extends ForwardingReader<KafkaMessage, KafkaPartitionSplit> {
  private final WatchedMessages messages;
  private final GapWatch gaps;

  WatchedReader(
      SourceReader<KafkaMessage, KafkaPartitionSplit> reader,
      WatchedMessages messages,
      GapWatch gaps) {
    super(reader);
    this.messages = messages;
    this.gaps = gaps;
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof TopicIdentity identity) {
      messages.reads(identity);
    } else {
      super.handleSourceEvents(event);
    }
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    splits.forEach(messages::startsAt);
    super.addSplits(splits);
  }

  @Override
  public void close() throws Exception {
    try (gaps) {
      super.close();
    }
  }
}
