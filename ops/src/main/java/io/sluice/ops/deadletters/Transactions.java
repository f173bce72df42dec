package io.sluice.ops.deadletters;

import io.sluice.ops.OperatorException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Messages and their receipts, in Kafka together or not at all. Not thread-safe. */
final class Transactions {
  private static final long MOST_BYTES = 4L << 20;
  private static final String NOT_REPLAYED =
      "; the last transaction was not replayed, what came before it was. Run it again: nothing is"
          + " replayed twice";

  private final Replay replay;
  private final KafkaProducer<byte[], byte[]> producer;
  private final long total;

  /** What the next transaction has, by the origin of the letter. */
  private final Map<Place, ProducerRecord<byte[], byte[]>> messages = new LinkedHashMap<>();

  private long bytes;
  private long replayed;

  /**
   * @param producer a transactional one, initialized
   * @param total how many letters there will be
   */
  Transactions(Replay replay, KafkaProducer<byte[], byte[]> producer, long total) {
    this.replay = replay;
    this.producer = producer;
    this.total = total;
  }

  /**
   * Takes a message, and commits if there are enough.
   *
   * <p>Without its key, as it came to the dead-letter topic, and with the time of now: under its
   * old one, short retention could delete it on arrival.
   */
  void add(Place origin, String target, byte[] value) {
    messages.put(origin, new ProducerRecord<>(target, value));
    bytes += value.length;
    if (messages.size() >= replay.lettersPerTransaction() || bytes >= MOST_BYTES) {
      commit();
    }
  }

  /**
   * Sends what was added, waits until Kafka has it, and commits; letters replayed so far.
   *
   * @throws OperatorException if it was not possible; then a read_committed consumer sees nothing
   *     of it, unless Kafka fell silent during the commit itself, which the receipts will tell
   */
  long commit() {
    if (!messages.isEmpty()) {
      send();
      replayed += messages.size();
      messages.clear();
      bytes = 0;
      replay.progress().accept("replayed %,d of %,d".formatted(replayed, total));
    }
    return replayed;
  }

  private void send() {
    try {
      producer.beginTransaction();
      Map<Place, Future<RecordMetadata>> sent = new LinkedHashMap<>();
      messages.forEach((origin, message) -> sent.put(origin, producer.send(message)));
      producer.flush();
      for (Map.Entry<Place, Future<RecordMetadata>> each : sent.entrySet()) {
        acknowledge(each.getKey(), each.getValue().get());
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw failed(e);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("replaying");
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if one of them does
  private void acknowledge(Place origin, RecordMetadata at) {
    Place sentTo = new Place(at.topic(), at.partition(), at.offset());
    String receipts = replay.deadLetters().topic();
    producer.send(LetterFormat.receipt(receipts, new Receipt(origin, sentTo)));
  }

  private OperatorException failed(Throwable why) {
    if (isFenced(why)) {
      return OperatorException.failed(
          "another replay has taken over, or a transaction took too long" + NOT_REPLAYED, why);
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      why.addSuppressed(e);
    }
    return OperatorException.failed(
        "kafka did not take it: " + why.getMessage() + NOT_REPLAYED, why);
  }

  /**
   * Kafka tells it in one of several ways, by what the producer was doing: its transaction is in an
   * invalid state if somebody else has ended it.
   */
  private static boolean isFenced(Throwable why) {
    for (Throwable each = why; each != null; each = each.getCause()) {
      if (each instanceof ProducerFencedException
          || each instanceof InvalidProducerEpochException
          || each instanceof InvalidTxnStateException) {
        return true;
      }
    }
    return false;
  }
}
