package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.List;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicStateSerializerTest {
  private static final KafkaSourceEnumState PARTITIONS =
      new KafkaSourceEnumState(
          List.of(new KafkaPartitionSplit(new TopicPartition("http_log", 0), 17, 90)),
          List.of(new KafkaPartitionSplit(new TopicPartition("http_log", 1), 5)),
          true);

  private final KafkaSourceEnumStateSerializer kafka = new KafkaSourceEnumStateSerializer();
  private final TopicStateSerializer serializer = new TopicStateSerializer();

  @Test
  void readsWhatItWrote() throws Exception {
    Uuid id = Uuid.randomUuid();

    TopicState read =
        serializer.deserialize(
            serializer.getVersion(), serializer.serialize(new TopicState(id, PARTITIONS)));

    assertThat(read.topicId()).isEqualTo(id);
    assertThat(read.partitions()).usingRecursiveComparison().isEqualTo(PARTITIONS);
  }

  @Test
  void readsTheConnectorsOwnStateAsOneWithoutId() throws Exception {
    TopicState read = serializer.deserialize(kafka.getVersion(), kafka.serialize(PARTITIONS));

    assertThat(read.topicId()).isEqualTo(Uuid.ZERO_UUID);
    assertThat(read.partitions()).usingRecursiveComparison().isEqualTo(PARTITIONS);
  }

  @Test
  void refusesAVersionOfALaterRelease() {
    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(serializer.getVersion() + 1, new byte[99]))
        .withMessageContaining("101");
  }
}
