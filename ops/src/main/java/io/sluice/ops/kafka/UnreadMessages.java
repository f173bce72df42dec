package io.sluice.ops.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether a topic has messages behind the offsets that a group has committed. Offsets alone do not
 * tell: the marker of a transaction has one, and nobody ever reads it.
 */
public final class UnreadMessages {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private UnreadMessages() {}

  /**
   * Whether there is at least one, or Kafka does not say in time; changes nothing of the group.
   *
   * @throws OperatorException if Kafka does not answer
   */
  public static boolean any(KafkaAccess kafka, String topic, String group) {
    return kafka.asking(() -> look(kafka, topic, group));
  }

  private static boolean look(KafkaAccess kafka, String topic, String group) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG,
                    group,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    1,
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) ANSWER_WITHIN.toMillis())),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, OffsetAndMetadata> committed =
          consumer.committed(new HashSet<>(partitions));
      return partitions.stream()
          .anyMatch(each -> hasMore(consumer, each, committed.get(each), ends.get(each)));
    }
  }

  private static boolean hasMore(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      OffsetAndMetadata committed,
      long end) {
    consumer.assign(List.of(partition));
    if (committed == null) {
      consumer.seekToBeginning(List.of(partition));
    } else {
      consumer.seek(partition, committed.offset());
    }
    long deadlineNanos = System.nanoTime() + ANSWER_WITHIN.toNanos();
    while (consumer.position(partition) < end) {
      if (!consumer.poll(POLL).isEmpty() || System.nanoTime() - deadlineNanos > 0) {
        return true;
      }
    }
    return false;
  }
}
