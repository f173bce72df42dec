package io.sluice.bench.soak;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.kafka.KafkaTopics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What Kafka still has of the topic, against what the job's checkpoints cover: the job commits its
 * offsets with each checkpoint that completes. Not thread-safe.
 */
final class KafkaWatch implements AutoCloseable {
  private static final String GROUP = "sluice";
  private static final int ASK_MILLIS = 5_000;

  private final Admin admin;
  private final int partitions;
  private Sample.Kafka last = Sample.Kafka.UNKNOWN;

  KafkaWatch(String brokers, int partitions) {
    this.partitions = partitions;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ASK_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ASK_MILLIS));
  }

  /** Asks; the last answer if Kafka gives none. */
  Sample.Kafka look() {
    try {
      // In this order: offsets grow, so what was committed a moment before cannot hide a gap.
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(GROUP)
              .partitionsToOffsetAndMetadata()
              .get(ASK_MILLIS, TimeUnit.MILLISECONDS);
      Map<TopicPartition, ListOffsetsResultInfo> earliest = offsets(OffsetSpec.earliest());
      Map<TopicPartition, ListOffsetsResultInfo> latest = offsets(OffsetSpec.latest());
      long uncovered = 0;
      long deleted = 0;
      for (TopicPartition partition : earliest.keySet()) {
        OffsetAndMetadata known = committed.get(partition);
        long covered = known == null ? 0 : known.offset();
        deleted += Math.max(0, earliest.get(partition).offset() - covered);
        uncovered += Math.max(0, latest.get(partition).offset() - covered);
      }
      last = new Sample.Kafka(uncovered, deleted);
    } catch (ExecutionException | TimeoutException kafkaIsAway) {
      return last;
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("asking kafka");
    }
    return last;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    return admin
        .listOffsets(
            IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(KafkaTopics.HTTP_LOG, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> which)))
        .all()
        .get(ASK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    admin.close();
  }
}
