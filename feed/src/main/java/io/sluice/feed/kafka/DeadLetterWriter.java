package io.sluice.feed.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each dead letter at least once: a checkpoint completes only when the brokers have all
 * letters before it, or have refused them for good, and after a failure some may be there twice.
 *
 * <p>A letter that is too large is cut further until the topic takes it. One that it does not take
 * at all must not hold up the records behind it: it is counted ({@code sluice.deadLettersLost}),
 * logged with its place, and given up, unless letters are required. What may pass by itself, such
 * as a broker that is away or a topic that is not there, fails the task, and the letters come again
 * from the checkpoint.
 *
 * <p>Runs on the task thread; Kafka's answers come on the producer's.
 */
final class DeadLetterWriter implements CommittingSinkWriter<DeadLetter, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);

  /** How many places a log line names. */
  private static final int PLACES = 20;

  private final String topic;
  private final Producer<byte[], byte[]> producer;

  /** How large a message the topic takes; asked once, and again after a refusal. */
  private final IntSupplier limit;

  private final boolean required;
  private final Counter deadLettersLost;
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final List<Refusal> lost = new ArrayList<>();

  /** 0 if not known. */
  private int maxBytes;

  private volatile Exception failure;

  private record Refusal(DeadLetter letter, int valueBytes, Exception why) {
    String place() {
      return "%s-%d@%d".formatted(letter.topic(), letter.partition(), letter.offset());
    }
  }

  DeadLetterWriter(
      String topic,
      Producer<byte[], byte[]> producer,
      IntSupplier limit,
      boolean required,
      MetricGroup group) {
    this.topic = topic;
    this.producer = producer;
    this.limit = limit;
    this.required = required;
    this.deadLettersLost = SourceMetric.DEAD_LETTERS_LOST.counter(group);
  }

  @Override
  public void write(DeadLetter letter, Context context) throws IOException {
    failIfFailed();
    send(letter, Integer.MAX_VALUE);
  }

  @Override
  public void flush(boolean endOfInput) throws IOException {
    do {
      producer.flush();
      failIfFailed();
    } while (sendRefusedAgain());
    if (!lost.isEmpty()) {
      tellLost();
    }
  }

  @Override
  public Collection<Void> prepareCommit() {
    return List.of();
  }

  @Override
  public void close() {
    producer.close();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback gets all that the future has
  private void send(DeadLetter letter, int maxValueBytes) {
    if (maxBytes == 0) {
      maxBytes = limit.getAsInt();
    }
    ProducerRecord<byte[], byte[]> message =
        DeadLetterFormat.message(letter, topic, maxBytes, maxValueBytes);
    producer.send(
        message,
        (written, why) -> {
          if (why != null && isForGood(why)) {
            int bytes = message.value() == null ? 0 : message.value().length;
            refusals.add(new Refusal(letter, bytes, why));
          } else if (why != null) {
            failure = why;
          }
        });
  }

  /** Whether the same message would be refused again. */
  private static boolean isForGood(Exception why) {
    return isTooLarge(why)
        || why instanceof InvalidRecordException
        || why instanceof InvalidTimestampException;
  }

  private static boolean isTooLarge(Exception why) {
    return why instanceof RecordTooLargeException || why instanceof RecordBatchTooLargeException;
  }

  /** Whether anything was. */
  private boolean sendRefusedAgain() throws IOException {
    boolean sent = false;
    for (Refusal refusal; (refusal = refusals.poll()) != null; ) {
      if (isTooLarge(refusal.why) && refusal.valueBytes > 0) {
        maxBytes = 0;
        send(refusal.letter, refusal.valueBytes / 2);
        sent = true;
      } else if (required) {
        throw new IOException(
            "Topic %s does not take the dead letter of %s, and dead-letters.required is true: %s"
                .formatted(topic, refusal.place(), refusal.why.getMessage()),
            refusal.why);
      } else {
        lost.add(refusal);
      }
    }
    return sent;
  }

  private void tellLost() {
    deadLettersLost.inc(lost.size());
    LOG.error(
        "Topic {} does not take {} dead letters, which are lost to it: {}{}; the first one since"
            + " {}. Their messages are where they were, as long as Kafka keeps them. Change the"
            + " topic's max.message.bytes or what else it demands",
        topic,
        lost.size(),
        String.join(", ", lost.stream().limit(PLACES).map(Refusal::place).toList()),
        lost.size() > PLACES ? ", …" : "",
        lost.get(0).why.toString());
    lost.clear();
  }

  private void failIfFailed() throws IOException {
    if (failure != null) {
      throw new IOException(
          "Topic %s did not take a dead letter: %s".formatted(topic, failure), failure);
    }
  }
}
