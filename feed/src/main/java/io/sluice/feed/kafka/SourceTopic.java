package io.sluice.feed.kafka;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * A source of a topic's messages; needs object reuse to be fast. It notices when Kafka deleted
 * records before they were read, and goes on; see {@link GapWatch}. To fail instead would save no
 * record and lose more. Its partitions are handed out by a {@link TopicEnumerator}, which also
 * notices when the topic is another one.
 *
 * <p>Where each partition goes on is in the splits from the first moment, so a gap is seen across
 * restarts, too. Not seen: what was deleted before the job's group first committed offsets; in a
 * partition that was created while the job ran, what was deleted before its first record was read;
 * and, until a next record comes, that all unread records of a partition were deleted.
 *
 * @param brokers {@code host:port,…}
 * @param topic its name
 * @param groupId the consumer group under which offsets are committed with each completed
 *     checkpoint, and where a job without state starts; where there are none, at the earliest
 *     message
 * @param bounded whether to end at what the topic holds when the job starts
 * @param clientProperties further settings of the Kafka consumer; they win over those made here
 */
public record SourceTopic(
    String brokers,
    String topic,
    String groupId,
    boolean bounded,
    Map<String, String> clientProperties)
    implements Source<KafkaMessage, KafkaPartitionSplit, TopicState>,
        SupportsSplitReassignmentOnRecovery {
  private static final long serialVersionUID = 1L;

  public SourceTopic {
    requireText("brokers", brokers);
    requireText("topic", topic);
    requireText("groupId", groupId);
    clientProperties = Map.copyOf(clientProperties);
  }

  static void requireText(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty, is " + value);
    }
  }

  @Override
  public SourceReader<KafkaMessage, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    GapWatch gaps = new GapWatch(context.metricGroup(), this::ask, GapWatch.COLLECT_FOR);
    WatchedMessages messages = new WatchedMessages(gaps::met, this::ask, context.metricGroup());
    return new WatchedReader(
        KafkaSource.<KafkaMessage>builder()
            .setBootstrapServers(brokers)
            .setTopics(topic)
            .setGroupId(groupId)
            .setDeserializer(messages)
            .setProperties(consumerProperties())
            .build()
            .createReader(context),
        messages,
        gaps);
  }

  @Override
  public Boundedness getBoundedness() {
    return bounded ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, TopicState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return restoreEnumerator(context, null);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, TopicState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, TopicState checkpoint) {
    return new TopicEnumerator(context, ask(), this, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new KafkaPartitionSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<TopicState> getEnumeratorCheckpointSerializer() {
    return new TopicStateSerializer();
  }

  /** For questions about the topic; to be closed. */
  private Topic ask() {
    return new Topic(this);
  }

  /** How often to look for new partitions; not positive for only once. */
  long discoveryIntervalMillis() {
    String key = KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key();
    return Long.parseLong(consumerProperties().getProperty(key));
  }

  Properties adminProperties() {
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return properties;
  }

  Properties consumerProperties() {
    Properties properties = new Properties();
    // New partitions are found well within the shortest retention in use, a minute.
    properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), "10000");
    // What a producer aborted was never acknowledged and must not be stored. Without transactional
    // producers this changes nothing; with them it delays records until theirs is committed.
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(8 << 20));
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
    properties.putAll(clientProperties);
    return properties;
  }

  /** Without the client's settings: passwords are among them. */
  @Override
  public String toString() {
    return "SourceTopic[brokers=" + brokers + ", topic=" + topic + "]";
  }
}
