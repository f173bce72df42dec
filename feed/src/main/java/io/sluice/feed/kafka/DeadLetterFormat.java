package io.sluice.feed.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A dead letter as a Kafka message: the value is the original one, the headers say in UTF-8 text
 * where it was and why it is here.
 *
 * <pre>
 *   sluice.topic      http_log
 *   sluice.partition  3
 *   sluice.offset     1234567
 *   sluice.timestamp  1795176000000      milliseconds since 1970
 *   sluice.reason     truncated: ends before its last segment does
 *   sluice.truncated  1048000            only if the value was cut: its length before
 * </pre>
 *
 * <p>The letter's own Kafka timestamp is the time of writing: under the original one, short
 * retention could delete it on arrival.
 */
final class DeadLetterFormat {
  /**
   * What Kafka adds at most: 61 bytes to a batch, to a message its length, attributes, time, offset
   * and the lengths of key, value and headers.
   */
  private static final int BATCH_OVERHEAD = 61 + 40;

  private static final int HEADER_OVERHEAD = 10;

  private final String topic;

  /**
   * @param topic the dead-letter topic
   */
  DeadLetterFormat(String topic) {
    this.topic = topic;
  }

  String topic() {
    return topic;
  }

  /**
   * The letter as a message of at most {@code maxBytes}, as Kafka counts them; larger only if that
   * is too little for the headers.
   */
  ProducerRecord<byte[], byte[]> message(DeadLetter letter, int maxBytes) {
    byte[] value = letter.value();
    Headers headers = headers(letter);
    if (value != null && value.length > maxBytes - overhead(headers)) {
      headers.add("sluice.truncated", text(value.length));
      value = Arrays.copyOf(value, Math.max(0, maxBytes - overhead(headers)));
    }
    return new ProducerRecord<>(topic, null, null, null, value, headers);
  }

  /** {@link #message} with a value of {@code valueBytes} or less. */
  ProducerRecord<byte[], byte[]> shorter(DeadLetter letter, int maxBytes, int valueBytes) {
    Headers headers = headers(letter);
    headers.add("sluice.truncated", text(letter.value().length));
    return message(letter, Math.min(maxBytes, valueBytes + overhead(headers)));
  }

  private static int overhead(Headers headers) {
    int bytes = BATCH_OVERHEAD;
    for (Header header : headers) {
      bytes += HEADER_OVERHEAD + header.key().length() + header.value().length;
    }
    return bytes;
  }

  private static Headers headers(DeadLetter letter) {
    Headers headers = new RecordHeaders();
    headers.add("sluice.topic", text(letter.topic()));
    headers.add("sluice.partition", text(letter.partition()));
    headers.add("sluice.offset", text(letter.offset()));
    headers.add("sluice.timestamp", text(letter.timestampEpochMilli()));
    headers.add("sluice.reason", text(letter.reason()));
    return headers;
  }

  private static byte[] text(Object value) {
    return value.toString().getBytes(UTF_8);
  }
}
