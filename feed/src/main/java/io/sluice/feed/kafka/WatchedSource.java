package io.sluice.feed.kafka;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A Kafka source that notices when Kafka deleted records before they were read, and goes on; see
 * {@link GapWatch}. To fail instead would save no record and lose more. Its partitions are handed
 * out by a {@link TopicEnumerator}, which also notices when the topic is another one.
 *
 * <p>Where each partition goes on is in the wrapped source's state, and {@link SourceTopic} sees to
 * it that it is from the first moment; so a gap is seen across restarts, too. Not seen: what was
 * deleted before the job's group first committed offsets; in a partition that was created while the
 * job ran, what was deleted before its first record was read; and, until a next record comes, that
 * all unread records of a partition were deleted.
 */
final class WatchedSource
    implements Source<KafkaMessage, KafkaPartitionSplit, TopicState>,
        SupportsSplitReassignmentOnRecovery {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<KafkaMessage> kafka;
  private final SourceTopic topic;

  WatchedSource(KafkaSource<KafkaMessage> kafka, SourceTopic topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  @Override
  public SourceReader<KafkaMessage, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    GapWatch gaps =
        new GapWatch(
            context.metricGroup(),
            () -> new BrokerLogStarts(topic.adminProperties()),
            GapWatch.COLLECT_FOR);
    return new WatchedReader(kafka.createReader(context), gaps, topic::ask, context.metricGroup());
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, TopicState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return restoreEnumerator(context, null);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, TopicState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, TopicState checkpoint) {
    return new TopicEnumerator(
        context,
        topic.ask(),
        topic.topic(),
        topic.bounded(),
        topic.discoveryInterval(),
        checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<TopicState> getEnumeratorCheckpointSerializer() {
    return new TopicStateSerializer(kafka.getEnumeratorCheckpointSerializer());
  }
}
