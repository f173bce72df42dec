package io.sluice.feed.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterFormatTest {
  private static final byte[] VALUE = {1, 2, 3};

  @Test
  void keepsTheValueAndTellsItsOriginInHeaders() {
    ProducerRecord<byte[], byte[]> kafka = message(letter(VALUE), 1 << 20);

    assertThat(kafka.topic()).isEqualTo("http_log_dead");
    assertThat(kafka.value()).isSameAs(VALUE);
    assertThat(kafka.partition()).isNull();
    assertThat(kafka.timestamp()).as("the time of writing").isNull();
    assertThat(headers(kafka))
        .containsExactly(
            Map.entry("sluice.topic", "http_log"),
            Map.entry("sluice.partition", "3"),
            Map.entry("sluice.offset", "17"),
            Map.entry("sluice.timestamp", "1795176000000"),
            Map.entry("sluice.reason", "empty value"));
  }

  @Test
  void passesATombstoneOn() {
    assertThat(message(letter(null), 1 << 20).value()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1_000, 100_000, 1_000_000, 1 << 20})
  void fillsWhatTheTopicTakesAndSaysHowLongTheValueWas(int maxBytes) {
    byte[] large = new byte[1 << 20];
    large[0] = 7;

    ProducerRecord<byte[], byte[]> kafka = message(letter(large), maxBytes);

    assertThat(kafka.value()).startsWith(7);
    assertThat(headers(kafka)).containsEntry("sluice.truncated", "1048576");
    assertThat(bytes(kafka)).isBetween(maxBytes - 100, maxBytes);
  }

  @Test
  void leavesAValueWholeThatJustFits() {
    int overhead = 1_000 - message(letter(new byte[2_000]), 1_000).value().length;
    ProducerRecord<byte[], byte[]> kafka = message(letter(new byte[700]), 700 + overhead);

    assertThat(kafka.value()).hasSize(700);
    assertThat(headers(kafka)).doesNotContainKey("sluice.truncated");
    assertThat(bytes(kafka)).isLessThanOrEqualTo(700 + overhead);
  }

  @Test
  void hasAnEmptyValueWhereTheHeadersAreTooLargeAlready() {
    ProducerRecord<byte[], byte[]> kafka = message(letter(VALUE), 50);

    assertThat(kafka.value()).isEmpty();
    assertThat(headers(kafka)).containsEntry("sluice.truncated", "3");
  }

  /** As the producer and the brokers count. */
  private static int bytes(ProducerRecord<byte[], byte[]> kafka) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        null,
        kafka.value(),
        kafka.headers().toArray());
  }

  @Test
  void lettersAreAnEvolvableFlinkType() throws Exception {
    TypeInformation<DeadLetter> type = TypeInformation.of(DeadLetter.class);
    TypeSerializer<DeadLetter> flink = type.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    flink.serialize(letter(VALUE), out);
    flink.serialize(letter(null), out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

    assertThat(type).isInstanceOf(PojoTypeInfo.class);
    assertThat(flink.deserialize(in)).usingRecursiveComparison().isEqualTo(letter(VALUE));
    assertThat(flink.deserialize(in)).usingRecursiveComparison().isEqualTo(letter(null));
  }

  private static ProducerRecord<byte[], byte[]> message(DeadLetter letter, int maxBytes) {
    return DeadLetterFormat.message(letter, "http_log_dead", maxBytes, Integer.MAX_VALUE);
  }

  private static DeadLetter letter(byte[] value) {
    return new DeadLetter(value, "http_log", 3, 17, 1795176000000L, "empty value");
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> kafka) {
    Map<String, String> headers = new LinkedHashMap<>();
    kafka.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    return headers;
  }
}
