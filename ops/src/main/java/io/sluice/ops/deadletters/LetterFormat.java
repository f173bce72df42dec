package io.sluice.ops.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The messages of the dead-letter topic. Letters are the job's ({@code DeadLetterFormat}): the
 * original value, and headers in UTF-8 text. Receipts are ours: no value, and
 *
 * <pre>
 *   sluice.topic, sluice.partition, sluice.offset    the letter's origin
 *   sluice.replayed-to                               http_log-3@1234567
 * </pre>
 */
final class LetterFormat {
  static final String TOPIC = "sluice.topic";
  static final String PARTITION = "sluice.partition";
  static final String OFFSET = "sluice.offset";
  static final String TIMESTAMP = "sluice.timestamp";
  static final String REASON = "sluice.reason";
  static final String TRUNCATED = "sluice.truncated";
  static final String REPLAYED_TO = "sluice.replayed-to";

  private LetterFormat() {}

  /** The receipt in a message, if it is one. */
  static Optional<Receipt> receipt(ConsumerRecord<byte[], byte[]> message) {
    try {
      return text(message, REPLAYED_TO)
          .flatMap(to -> origin(message).map(origin -> new Receipt(origin, Place.parse(to))));
    } catch (IllegalArgumentException somebodyElses) {
      return Optional.empty();
    }
  }

  /** The letter in a message, if it is one. */
  static Optional<Letter> letter(ConsumerRecord<byte[], byte[]> message) {
    try {
      return text(message, REPLAYED_TO).isPresent()
          ? Optional.empty()
          : origin(message).map(origin -> letter(message, origin));
    } catch (IllegalArgumentException somebodyElses) {
      return Optional.empty();
    }
  }

  private static Letter letter(ConsumerRecord<byte[], byte[]> message, Place origin) {
    byte[] value = message.value();
    return new Letter(
        new Place(message.topic(), message.partition(), message.offset()),
        origin,
        text(message, TIMESTAMP).map(Long::parseLong).orElse(message.timestamp()),
        message.timestamp(),
        text(message, REASON).map(LetterFormat::withoutNumbers).orElse("no reason given"),
        value == null ? -1 : value.length,
        text(message, TRUNCATED).isPresent());
  }

  /**
   * Reasons of earlier releases had numbers, which were read from the message and may be letters of
   * an address.
   */
  private static String withoutNumbers(String reason) {
    return reason.replaceAll("[0-9]+", "#");
  }

  static ProducerRecord<byte[], byte[]> receipt(String topic, Receipt receipt) {
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, null);
    Headers headers = message.headers();
    headers.add(TOPIC, bytes(receipt.origin().topic()));
    headers.add(PARTITION, bytes(receipt.origin().partition()));
    headers.add(OFFSET, bytes(receipt.origin().offset()));
    headers.add(REPLAYED_TO, bytes(receipt.sentTo()));
    return message;
  }

  private static Optional<Place> origin(ConsumerRecord<byte[], byte[]> message) {
    return text(message, TOPIC)
        .flatMap(
            topic ->
                text(message, PARTITION)
                    .flatMap(
                        partition ->
                            text(message, OFFSET)
                                .map(
                                    offset ->
                                        new Place(
                                            topic,
                                            Integer.parseInt(partition),
                                            Long.parseLong(offset)))));
  }

  private static Optional<String> text(ConsumerRecord<byte[], byte[]> message, String name) {
    return Optional.ofNullable(message.headers().lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, UTF_8));
  }

  private static byte[] bytes(Object value) {
    return value.toString().getBytes(UTF_8);
  }
}
