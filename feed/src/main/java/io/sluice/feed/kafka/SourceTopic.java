package io.sluice.feed.kafka;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The topic the http logs are read from.
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
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** New partitions are found well within the shortest retention in use, a minute. */
  private static final Duration PARTITION_DISCOVERY_INTERVAL = Duration.ofSeconds(10);

  private static final int MEBIBYTE = 1 << 20;

  public SourceTopic {
    requireText("brokers", brokers);
    requireText("topic", topic);
    requireText("groupId", groupId);
    clientProperties = Map.copyOf(requireNonNull(clientProperties, "clientProperties"));
  }

  /**
   * A source of the topic's messages; needs object reuse to be fast. It goes on, but not silently,
   * when Kafka deleted records before they were read: see the metric {@code
   * sluice.recordsDeletedUnread}.
   */
  public Source<KafkaMessage, ?, ?> source() {
    KafkaSourceBuilder<KafkaMessage> builder =
        KafkaSource.<KafkaMessage>builder()
            .setBootstrapServers(brokers)
            .setTopics(topic)
            .setGroupId(groupId)
            .setStartingOffsets(startingOffsets())
            .setDeserializer(new KafkaMessageDeserializer())
            .setProperties(consumerProperties());
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return new WatchedSource(builder.build(), this);
  }

  /**
   * The group's committed offsets, else the earliest ones, as numbers from the first moment. {@code
   * OffsetsInitializer.committedOffsets} would leave both to the consumer: a split then has no
   * number until its first record, and what Kafka deletes before that one is not missed.
   */
  // The connector's interface asks for a type that Kafka 4 no longer does.
  @SuppressWarnings("deprecation")
  private static OffsetsInitializer startingOffsets() {
    return OffsetsInitializer.offsets(Map.of(), OffsetResetStrategy.EARLIEST);
  }

  /** For questions about the topic; to be closed. */
  Topic ask() {
    return new BrokerTopic(topic, groupId, startingOffsets(), adminProperties());
  }

  Duration discoveryInterval() {
    String key = KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key();
    return Duration.ofMillis(Long.parseLong(consumerProperties().getProperty(key)));
  }

  Properties adminProperties() {
    Properties properties = new Properties();
    clientProperties.forEach(properties::setProperty);
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return properties;
  }

  Properties consumerProperties() {
    Properties properties = new Properties();
    properties.setProperty(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        Long.toString(PARTITION_DISCOVERY_INTERVAL.toMillis()));
    // What a producer aborted was never acknowledged and must not be stored. Without transactional
    // producers this changes nothing; with them it delays records until theirs is committed.
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(8 * MEBIBYTE));
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
    clientProperties.forEach(properties::setProperty);
    return properties;
  }

  static void requireText(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty, is " + value);
    }
  }

  /** Without the client's settings: passwords are among them. */
  @Override
  public String toString() {
    return "SourceTopic[brokers=" + brokers + ", topic=" + topic + "]";
  }
}
