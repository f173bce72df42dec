package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaMessageDeserializerTest {
  private final List<KafkaMessage> out = new ArrayList<>();
  private final ListCollector<KafkaMessage> collector = new ListCollector<>(out);

  @Test
  void passesBytesAndPlaceOnWithoutCopying() {
    byte[] value = {1, 2, 3};

    new KafkaMessageDeserializer().deserialize(kafka(17, value), collector);

    assertThat(out).hasSize(1);
    KafkaMessage message = out.get(0);
    assertThat(message.value).isSameAs(value);
    assertThat(message.topic).isEqualTo("http_log");
    assertThat(message.partition).isEqualTo(3);
    assertThat(message.offset).isEqualTo(17);
    assertThat(message.timestampEpochMilli).isEqualTo(1795176000000L);
  }

  @Test
  void passesATombstoneOn() {
    KafkaMessageDeserializer deserializer = new KafkaMessageDeserializer();

    deserializer.deserialize(kafka(17, new byte[] {1}), collector);
    deserializer.deserialize(kafka(18, null), collector);

    assertThat(out.get(1).value).isNull();
    assertThat(out.get(1).offset).isEqualTo(18);
  }

  @Test
  void reusesTheMessage() {
    KafkaMessageDeserializer deserializer = new KafkaMessageDeserializer();

    deserializer.deserialize(kafka(17, new byte[] {1}), collector);
    deserializer.deserialize(kafka(18, new byte[] {2}), collector);

    assertThat(out.get(0)).isSameAs(out.get(1));
  }

  @Test
  void travelsToTheTaskAndNamesAPojo() throws Exception {
    KafkaMessageDeserializer copy = InstantiationUtil.clone(new KafkaMessageDeserializer());

    copy.deserialize(kafka(17, new byte[] {1}), collector);

    assertThat(out).hasSize(1);
    assertThat(copy.getProducedType()).isInstanceOf(PojoTypeInfo.class);
  }

  private static ConsumerRecord<byte[], byte[]> kafka(long offset, byte[] value) {
    return new ConsumerRecord<>(
        "http_log",
        3,
        offset,
        1795176000000L,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
