package io.sluice.ops.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

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

  /** Adds what a message of the topic is. */
  static void read(ConsumerRecord<byte[], byte[]> message, Backlog backlog) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : message.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    try {
      Place origin =
          new Place(
              headers.getOrDefault(TOPIC, ""),
              Integer.parseInt(headers.get(PARTITION)),
              Long.parseLong(headers.get(OFFSET)));
      if (headers.containsKey(REPLAYED_TO)) {
        backlog.add(new Receipt(origin, Place.parse(headers.get(REPLAYED_TO))));
      } else {
        backlog.add(letter(message, origin, headers));
      }
    } catch (IllegalArgumentException somebodyElses) {
      backlog.addForeign();
    }
  }

  private static Letter letter(
      ConsumerRecord<byte[], byte[]> message, Place origin, Map<String, String> headers) {
    byte[] value = message.value();
    return new Letter(
        new Place(message.topic(), message.partition(), message.offset()),
        origin,
        Long.parseLong(headers.getOrDefault(TIMESTAMP, Long.toString(message.timestamp()))),
        message.timestamp(),
        withoutNumbers(headers.getOrDefault(REASON, "no reason given")),
        value == null ? -1 : value.length,
        headers.containsKey(TRUNCATED));
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
}
