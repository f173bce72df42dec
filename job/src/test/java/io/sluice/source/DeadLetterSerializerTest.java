package io.sluice.source;

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
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterSerializerTest {
  private static final byte[] VALUE = {1, 2, 3};

  private final DeadLetterSerializer serializer = new DeadLetterSerializer("http_log_dead");

  @Test
  void keepsTheValueAndTellsItsOriginInHeaders() {
    ProducerRecord<byte[], byte[]> kafka = serializer.serialize(letter(VALUE), null, null);

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
    assertThat(serializer.serialize(letter(null), null, null).value()).isNull();
  }

  @Test
  void cutsWhatTheBrokerWouldRefuseAndSaysSo() {
    byte[] large = new byte[1_048_576];
    large[0] = 7;

    ProducerRecord<byte[], byte[]> kafka = serializer.serialize(letter(large), null, null);

    assertThat(kafka.value()).hasSize(1_000_000).startsWith(7);
    assertThat(headers(kafka)).containsEntry("sluice.truncated", "1048576");
  }

  @Test
  void travelsToTheTask() throws Exception {
    DeadLetterSerializer copy = InstantiationUtil.clone(serializer);

    assertThat(copy.serialize(letter(VALUE), null, null).topic()).isEqualTo("http_log_dead");
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

  private static DeadLetter letter(byte[] value) {
    return new DeadLetter(value, "http_log", 3, 17, 1795176000000L, "empty value");
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> kafka) {
    Map<String, String> headers = new LinkedHashMap<>();
    kafka.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    return headers;
  }
}
