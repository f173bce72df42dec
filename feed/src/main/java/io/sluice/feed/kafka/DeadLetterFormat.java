package io.sluice.feed.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;

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
  private DeadLetterFormat() {}

  /**
   * The letter as a message to {@code topic}, its value cut to both limits.
   *
   * @param maxBytes of the message, as Kafka counts them; it is larger only if that is too little
   *     for the headers
   */
  static ProducerRecord<byte[], byte[]> message(
      DeadLetter letter, String topic, int maxBytes, int maxValueBytes) {
    byte[] value = letter.value();
    Headers headers = headers(letter);
    if (value != null && value.length > Math.min(maxValueBytes, maxBytes - overhead(headers))) {
      headers.add("sluice.truncated", text(value.length));
      int bytes = Math.min(maxValueBytes, maxBytes - overhead(headers));
      value = Arrays.copyOf(value, Math.max(0, bytes));
    }
    return new ProducerRecord<>(topic, null, null, null, value, headers);
  }

  /** At most; the length of a value has up to four bytes more than that of an empty one. */
  private static int overhead(Headers headers) {
    return 4
        + AbstractRecords.estimateSizeInBytesUpperBound(
            RecordBatch.CURRENT_MAGIC_VALUE,
            CompressionType.NONE,
            null,
            new byte[0],
            headers.toArray());
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
