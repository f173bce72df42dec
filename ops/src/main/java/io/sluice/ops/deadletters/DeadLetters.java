package io.sluice.ops.deadletters;

import static java.util.stream.Collectors.groupingBy;
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
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the dead-letter topic, in no consumer group and without leaving a trace. Only what is
 * committed counts: the receipts of a replay that was killed in a transaction do not.
 *
 * <p>Not thread-safe.
 */
public final class DeadLetters {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaAccess kafka;
  private final String topic;

  public DeadLetters(KafkaAccess kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  String topic() {
    return topic;
  }

  /**
   * All that the topic holds now.
   *
   * @throws OperatorException if Kafka does not answer, or has no such topic
   */
  public Backlog backlog() {
    kafka.require(Set.of(topic));
    Backlog backlog = new Backlog();
    reading(
        consumer -> {
          List<TopicPartition> partitions =
              consumer.partitionsFor(topic).stream()
                  .map(info -> new TopicPartition(topic, info.partition()))
                  .toList();
          read(
              consumer,
              consumer.beginningOffsets(partitions),
              consumer.endOffsets(partitions),
              message -> sort(message, backlog));
        });
    return backlog;
  }

  private static void sort(ConsumerRecord<byte[], byte[]> message, Backlog backlog) {
    Optional<Letter> letter = LetterFormat.letter(message);
    Optional<Receipt> receipt = LetterFormat.receipt(message);
    letter.ifPresent(backlog::add);
    receipt.ifPresent(backlog::add);
    if (letter.isEmpty() && receipt.isEmpty()) {
      backlog.addForeign();
    }
  }

  /**
   * Hands out the bytes of some letters, partition by partition in order. Letters that Kafka has
   * deleted meanwhile are left out.
   */
  void values(List<Letter> wanted, BiConsumer<Letter, byte[]> each) {
    Map<Place, Letter> byPlace = wanted.stream().collect(toMap(Letter::place, letter -> letter));
    Map<TopicPartition, List<Letter>> byPartition =
        wanted.stream()
            .collect(groupingBy(letter -> new TopicPartition(topic, letter.place().partition())));
    reading(
        consumer ->
            read(
                consumer,
                byPartition.entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, e -> first(e.getValue()))),
                byPartition.entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, e -> last(e.getValue()) + 1)),
                message -> {
                  Letter letter =
                      byPlace.get(new Place(topic, message.partition(), message.offset()));
                  if (letter != null) {
                    each.accept(letter, message.value());
                  }
                }));
  }

  /**
   * The bytes of one letter; null if it has none.
   *
   * @throws OperatorException if Kafka has deleted it
   */
  public byte[] value(Letter letter) {
    List<Optional<byte[]>> found = new ArrayList<>();
    values(List.of(letter), (same, value) -> found.add(Optional.ofNullable(value)));
    if (found.isEmpty()) {
      throw OperatorException.failed("kafka has deleted " + letter.place() + " meanwhile");
    }
    return found.get(0).orElse(null);
  }

  private static long first(List<Letter> letters) {
    return letters.stream().mapToLong(letter -> letter.place().offset()).min().orElseThrow();
  }

  private static long last(List<Letter> letters) {
    return letters.stream().mapToLong(letter -> letter.place().offset()).max().orElseThrow();
  }

  private void reading(Consumer<KafkaConsumer<byte[], byte[]>> action) {
    kafka.asking(
        () -> {
          try (KafkaConsumer<byte[], byte[]> consumer =
              new KafkaConsumer<>(
                  kafka.client(
                      Map.of(
                          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                          "read_committed",
                          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                          false,
                          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                          "earliest",
                          ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                          (int) KafkaAccess.ANSWER_WITHIN.toMillis())),
                  new ByteArrayDeserializer(),
                  new ByteArrayDeserializer())) {
            action.accept(consumer);
          }
          return null;
        });
  }

  /** Reads one partition after the other, each from its first offset to before its end. */
  private void read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> each) {
    for (Map.Entry<TopicPartition, Long> start : from.entrySet()) {
      TopicPartition partition = start.getKey();
      long end = ends.get(partition);
      consumer.assign(List.of(partition));
      consumer.seek(partition, start.getValue());
      long movedAtNanos = System.nanoTime();
      // The position passes the markers of transactions too, which are never handed out.
      long position = start.getValue();
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
}
