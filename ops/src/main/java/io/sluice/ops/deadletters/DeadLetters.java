package io.sluice.ops.deadletters;

import static java.util.stream.Collectors.toMap;

import io.sluice.ops.OperatorException;
import io.sluice.ops.kafka.KafkaAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the dead-letter topic, in no consumer group and without leaving a trace. Only what is
 * committed counts: the receipts of a replay that was killed in a transaction do not.
 */
public record DeadLetters(KafkaAccess kafka, String topic) {
  private static final Duration POLL = Duration.ofMillis(200);

  /** All that the topic holds now; throws if there is no such topic. */
  public Backlog backlog() {
    kafka.require(Set.of(topic));
    Backlog backlog = new Backlog();
    read(message -> LetterFormat.read(message, backlog));
    return backlog;
  }

  /**
   * Hands out the bytes of some letters, partition by partition in order. Letters that Kafka has
   * deleted meanwhile are left out.
   */
  void values(List<Letter> wanted, BiConsumer<Letter, byte[]> each) {
    Map<Place, Letter> byPlace = wanted.stream().collect(toMap(Letter::place, letter -> letter));
    read(
        message -> {
          Letter letter = byPlace.get(new Place(topic, message.partition(), message.offset()));
          if (letter != null) {
            each.accept(letter, message.value());
          }
        });
  }

  /** The bytes of one letter, null if it has none; throws if Kafka has deleted it. */
  public byte[] value(Letter letter) {
    List<Optional<byte[]>> found = new ArrayList<>();
    values(List.of(letter), (same, value) -> found.add(Optional.ofNullable(value)));
    if (found.isEmpty()) {
      throw OperatorException.failed("kafka has deleted " + letter.place() + " meanwhile");
    }
    return found.get(0).orElse(null);
  }

  /** Reads one partition after the other, each to its end of now. */
  private void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
    kafka.reading(
        Map.of(),
        consumer -> {
          List<TopicPartition> partitions = KafkaAccess.partitions(consumer, topic);
          consumer
              .endOffsets(partitions)
              .forEach((partition, end) -> read(consumer, partition, end, each));
          return null;
        });
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long end,
      Consumer<ConsumerRecord<byte[], byte[]>> each) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long movedAtNanos = System.nanoTime();
    // The position passes the markers of transactions too, which are never handed out.
    long position = consumer.position(partition);
    while (position < end) {
      consumer.poll(POLL).records(partition).stream()
          .filter(message -> message.offset() < end)
          .forEach(each);
      long next = consumer.position(partition);
      if (next > position) {
        movedAtNanos = System.nanoTime();
      } else if (System.nanoTime() - movedAtNanos > KafkaAccess.ANSWER_WITHIN.toNanos()) {
        throw new org.apache.kafka.common.errors.TimeoutException("at " + partition);
      }
      position = next;
    }
  }
}
