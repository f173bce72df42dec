package io.sluice.feed.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.Uuid;

/**
 * The form of {@link TopicState} in checkpoints:
 *
 * <pre>
 *   topic id      the upper 64 bits, then the lower ones; 0 if not known   16 bytes, big-endian
 *   version       of what follows                                          4 bytes
 *   partitions    as Flink's Kafka connector writes them                   the rest
 * </pre>
 *
 * <p>States without a topic id are the connector's alone, in versions of its own, which are below
 * ours.
 */
final class TopicStateSerializer implements SimpleVersionedSerializer<TopicState> {
  private static final int VERSION = 100;

  private final KafkaSourceEnumStateSerializer kafka = new KafkaSourceEnumStateSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(TopicState state) throws IOException {
    byte[] partitions = kafka.serialize(state.partitions());
    return ByteBuffer.allocate(20 + partitions.length)
        .putLong(state.topicId().getMostSignificantBits())
        .putLong(state.topicId().getLeastSignificantBits())
        .putInt(kafka.getVersion())
        .put(partitions)
        .array();
  }

  @Override
  public TopicState deserialize(int version, byte[] serialized) throws IOException {
    if (version < VERSION) {
      return new TopicState(Uuid.ZERO_UUID, kafka.deserialize(version, serialized));
    }
    if (version > VERSION) {
      throw new IOException(
          "state of the source in version %d, at most %d is known".formatted(version, VERSION));
    }
    ByteBuffer in = ByteBuffer.wrap(serialized);
    Uuid topicId = new Uuid(in.getLong(), in.getLong());
    int kafkaVersion = in.getInt();
    byte[] partitions = new byte[in.remaining()];
    in.get(partitions);
    return new TopicState(topicId, kafka.deserialize(kafkaVersion, partitions));
  }
}
