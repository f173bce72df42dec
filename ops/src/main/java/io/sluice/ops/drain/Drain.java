package io.sluice.ops.drain;

import io.sluice.ops.Pause;
import io.sluice.ops.kafka.KafkaAccess;
import io.sluice.ops.metrics.Lanes;
import io.sluice.ops.metrics.RunningJob;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits for the moment when a job could be ended for good: its committed offsets are at the end of
 * the topic, it buffers no row, and it has no request that may come again. Then even its savepoint
 * holds nothing that ClickHouse has not. While one lane does not report, that is not known.
 *
 * @param group under which the job commits what it has read
 * @param progress takes a line every few seconds
 */
public record Drain(
    KafkaAccess kafka, String topic, String group, RunningJob job, Consumer<String> progress) {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int LOOKS_PER_LINE = 5;
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Waits for that moment, and tells whether it came in time.
   *
   * @throws io.sluice.ops.OperatorException if Kafka has no such topic: of none, all is read
   */
  public boolean await(Duration atMost) {
    kafka.require(Set.of(topic));
    AtomicInteger looks = new AtomicInteger();
    return Pause.until(
        () -> isDrained(looks.getAndIncrement() % LOOKS_PER_LINE == 0), LOOK_EVERY, atMost);
  }

  /** Unread first: what is read after that look was not there, or is buffered by the next one. */
  private boolean isDrained(boolean tell) {
    boolean unread = isUnread();
    Lanes lanes = job.lanes();
    OptionalLong rows = lanes.bufferedRows();
    OptionalLong inDoubt = lanes.requestsInDoubt();
    if (tell) {
      progress.accept(
          rows.isEmpty() || inDoubt.isEmpty()
              ? "what the job buffers is not known: " + lanes.unknownBecause()
              : "%s | buffered rows %,d | requests in doubt %,d"
                  .formatted(
                      unread ? "Kafka has more" : "all is read",
                      rows.getAsLong(),
                      inDoubt.getAsLong()));
    }
    return !unread && rows.orElse(-1) == 0 && inDoubt.orElse(-1) == 0;
  }

  /**
   * Whether the topic has a message behind the committed offsets, or Kafka does not say in time.
   * Offsets alone do not tell: the marker of a transaction has one, and nobody ever reads it.
   */
  private boolean isUnread() {
    return kafka.reading(
        Map.of(ConsumerConfig.GROUP_ID_CONFIG, group, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1),
        consumer -> {
          List<TopicPartition> partitions = KafkaAccess.partitions(consumer, topic);
          Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
          Map<TopicPartition, OffsetAndMetadata> committed =
              consumer.committed(new HashSet<>(partitions));
          return partitions.stream()
              .anyMatch(each -> hasMore(consumer, each, committed.get(each), ends.get(each)));
        });
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
    long deadlineNanos = System.nanoTime() + KafkaAccess.ANSWER_WITHIN.toNanos();
    while (consumer.position(partition) < end) {
      if (!consumer.poll(POLL).isEmpty() || System.nanoTime() - deadlineNanos > 0) {
        return true;
      }
    }
    return false;
  }
}
