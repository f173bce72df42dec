package io.sluice.bench.soak;

import io.sluice.ops.kafka.KafkaAccess;
import io.sluice.sandbox.kafka.KafkaTopics;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What Kafka still has of the topic, against what the job's checkpoints cover: the job commits its
 * offsets with each checkpoint that completes. Not thread-safe.
 */
final class KafkaWatch implements AutoCloseable {
  private static final String GROUP = "sluice";
  private static final int ASK_MILLIS = 5_000;

  /** Of the job's group, but it never joins it. */
  private final KafkaConsumer<byte[], byte[]> consumer;

  private final Set<TopicPartition> partitions;

  KafkaWatch(KafkaAccess kafka, int partitions) {
    this.partitions =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(KafkaTopics.HTTP_LOG, partition))
            .collect(Collectors.toSet());
    this.consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG, GROUP,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ASK_MILLIS)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  void look(Map<Figure, Double> into) {
    try {
      // In this order: offsets grow, so what was committed a moment before cannot hide a gap.
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
      Map<TopicPartition, Long> earliest = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> latest = consumer.endOffsets(partitions);
      double uncovered = 0;
      double deleted = 0;
      for (TopicPartition partition : partitions) {
        OffsetAndMetadata known = committed.get(partition);
        long covered = known == null ? 0 : known.offset();
        deleted += Math.max(0, earliest.get(partition) - covered);
        uncovered += Math.max(0, latest.get(partition) - covered);
      }
      into.put(Figure.KAFKA_UNCOVERED, uncovered);
      into.put(Figure.KAFKA_DELETED_UNCOVERED, deleted);
    } catch (KafkaException kafkaIsAway) {
      // The last answer stays.
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
