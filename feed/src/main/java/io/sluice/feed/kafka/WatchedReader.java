package io.sluice.feed.kafka;

import io.sluice.clickhouse.hold.ForwardingReader;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the offsets of what the wrapped reader reads; see {@link WatchedSource}. */
// Flink's interface declares that close() throws any exception.
@SuppressWarnings("try")
final class WatchedReader extends ForwardingReader<KafkaMessage, KafkaPartitionSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedReader.class);

  private final GapWatch gaps;
  private final WatchedOutput output;
  private final Supplier<Topic> connect;
  private final Counter topicsCreatedAnew;

  /** Of the topic that all splits are of. */
  private Uuid topicId = Uuid.ZERO_UUID;

  /**
   * @param connect called when offsets go back
   */
  WatchedReader(
      SourceReader<KafkaMessage, KafkaPartitionSplit> reader,
      GapWatch gaps,
      Supplier<Topic> connect,
      MetricGroup group) {
    super(reader);
    this.gaps = gaps;
    this.connect = connect;
    this.output = new WatchedOutput(gaps::met, this::wentBack);
    this.topicsCreatedAnew = SourceMetric.TOPICS_CREATED_ANEW.counter(group);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof TopicIdentity identity) {
      Uuid told = Uuid.fromString(identity.topicId());
      if (identity.createdAnew() && !told.equals(topicId)) {
        topicsCreatedAnew.inc();
      }
      topicId = told;
    } else {
      super.handleSourceEvents(event);
    }
  }

  /**
   * Kafka set the reader back. If the topic is another one, none of its messages may get into a
   * checkpoint as if they were of the former: the task fails, and the enumerator starts again with
   * the new one. This blocks the task while Kafka is asked, once in a topic's life.
   */
  private void wentBack(TopicPartition partition, long expected, long offset) {
    if (!topicId.equals(Uuid.ZERO_UUID) && !topicId.equals(idNow())) {
      throw new IllegalStateException(
          "%s went back from offset %d to %d: the topic was created anew"
              .formatted(partition, expected, offset));
    }
    LOG.error(
        "{} went back from offset {} to {}: a broker came back without its newest records, or the"
            + " topic was created anew. What it lost is lost, and what it still had may be stored"
            + " twice",
        partition,
        expected,
        offset);
  }

  private Uuid idNow() {
    try (Topic topic = connect.get()) {
      return topic.look().id();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Kafka was asked for the topic's id", e);
    } catch (Exception e) {
      throw new IllegalStateException("offsets went back, and Kafka does not say why", e);
    }
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
