package io.sluice.ops.deadletters;

import io.sluice.ops.OperatorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Messages and their receipts, in Kafka together or not at all. */
final class Transaction {
  private static final String NOT_REPLAYED =
      "; the last transaction was not replayed, what came before it was. Run it again: nothing is"
          + " replayed twice";

  private final KafkaProducer<byte[], byte[]> producer;
  private final String receipts;

  /**
   * @param producer a transactional one, initialized
   * @param receipts the topic that takes them
   */
  Transaction(KafkaProducer<byte[], byte[]> producer, String receipts) {
    this.producer = producer;
    this.receipts = receipts;
  }

  /**
   * Sends these, waits until Kafka has them, and commits.
   *
   * <p>Without keys, as they came to the dead-letter topic, and with the time of now: under their
   * old one, short retention could delete them on arrival.
   *
   * @throws OperatorException if it was not possible; then a read_committed consumer sees nothing
   *     of it, unless Kafka fell silent during the commit itself, which the receipts will tell
   */
  void send(List<Parcel> parcels) {
    try {
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Parcel parcel : parcels) {
        sent.add(producer.send(new ProducerRecord<>(parcel.topic(), parcel.value())));
      }
      producer.flush();
      for (int i = 0; i < parcels.size(); i++) {
        acknowledge(parcels.get(i), sent.get(i).get());
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
  private void acknowledge(Parcel parcel, RecordMetadata at) {
    Place sentTo = new Place(at.topic(), at.partition(), at.offset());
    producer.send(LetterFormat.receipt(receipts, new Receipt(parcel.origin(), sentTo)));
  }

  private OperatorException failed(Throwable why) {
    if (isFenced(why)) {
      return failed("another replay has taken over, or a transaction took too long", why);
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      why.addSuppressed(e);
    }
    return failed("kafka did not take it: " + why.getMessage(), why);
  }

  private static OperatorException failed(String what, Throwable why) {
    return new OperatorException(OperatorException.Kind.FAILED, what + NOT_REPLAYED, why);
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

  /**
   * A message on its way back.
   *
   * @param origin of the letter
   * @param topic where it goes
   * @param value its bytes, not copied
   */
  // The array is carried, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Parcel(Place origin, String topic, byte[] value) {}
}
