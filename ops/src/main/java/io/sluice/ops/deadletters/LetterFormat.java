package io.sluice.ops.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

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
  private static final String TOPIC = "sluice.topic";
  private static final String PARTITION = "sluice.partition";
  private static final String OFFSET = "sluice.offset";
  private static final String TIMESTAMP = "sluice.timestamp";
  private static final String REASON = "sluice.reason";
  private static final String TRUNCATED = "sluice.truncated";
  private static final String REPLAYED_TO = "sluice.replayed-to";

  private LetterFormat() {}

  /** The receipt in a message, if it is one. */
  static Optional<Receipt> receipt(ConsumerRecord<byte[], byte[]> message) {
    return read(
        message,
        true,
        headers -> new Receipt(origin(headers), Place.parse(headers.get(REPLAYED_TO))));
  }

  /** The letter in a message, if it is one. */
  static Optional<Letter> letter(ConsumerRecord<byte[], byte[]> message) {
    byte[] value = message.value();
    String written = Long.toString(message.timestamp());
    return read(
        message,
        false,
        headers ->
            new Letter(
                new Place(message.topic(), message.partition(), message.offset()),
                origin(headers),
                Long.parseLong(headers.getOrDefault(TIMESTAMP, written)),
                message.timestamp(),
                withoutNumbers(headers.getOrDefault(REASON, "no reason given")),
                value == null ? -1 : value.length,
                headers.containsKey(TRUNCATED)));
  }

  /** Empty if the message is of the other kind, or somebody else's. */
  private static <T> Optional<T> read(
      ConsumerRecord<byte[], byte[]> message,
      boolean receipt,
      Function<Map<String, String>, T> parse) {
    Map<String, String> headers = new HashMap<>();
    message
        .headers()
        .forEach(
            header -> {
              if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), UTF_8));
              }
            });
    try {
      return headers.containsKey(TOPIC) && headers.containsKey(REPLAYED_TO) == receipt
          ? Optional.of(parse.apply(headers))
          : Optional.empty();
    } catch (IllegalArgumentException somebodyElses) {
      return Optional.empty();
    }
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
    Place origin = receipt.origin();
    Map.of(
            TOPIC, origin.topic(),
            PARTITION, origin.partition(),
            OFFSET, origin.offset(),
            REPLAYED_TO, receipt.sentTo())
        .forEach((name, value) -> message.headers().add(name, value.toString().getBytes(UTF_8)));
    return message;
  }

  /** Throws NumberFormatException if it is not there. */
  private static Place origin(Map<String, String> headers) {
    return new Place(
        headers.get(TOPIC),
        Integer.parseInt(headers.get(PARTITION)),
        Long.parseLong(headers.get(OFFSET)));
  }
}
