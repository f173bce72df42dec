package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

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
public final class DeadLetterSerializer implements KafkaRecordSerializationSchema<DeadLetter> {
  private static final long serialVersionUID = 1L;

  /**
   * Producer and broker take 1 MiB with headers unless told otherwise. A message at that limit
   * would be refused with our headers on top, and the refusal would fail the job again and again.
   */
  static final int MAX_VALUE_BYTES = 1_000_000;

  private final String topic;

  /**
   * @param topic the dead-letter topic
   */
  public DeadLetterSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    byte[] value = letter.value();
    boolean cut = value != null && value.length > MAX_VALUE_BYTES;
    ProducerRecord<byte[], byte[]> kafka =
        new ProducerRecord<>(topic, null, cut ? Arrays.copyOf(value, MAX_VALUE_BYTES) : value);
    Headers headers = kafka.headers();
    headers.add("sluice.topic", text(letter.topic()));
    headers.add("sluice.partition", text(letter.partition()));
    headers.add("sluice.offset", text(letter.offset()));
    headers.add("sluice.timestamp", text(letter.timestampEpochMilli()));
    headers.add("sluice.reason", text(letter.reason()));
    if (cut) {
      headers.add("sluice.truncated", text(value.length));
    }
    return kafka;
  }

  private static byte[] text(Object value) {
    return value.toString().getBytes(UTF_8);
  }
}
