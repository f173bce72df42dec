package io.sluice.feed.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Hands Kafka's bytes on without looking at them, so that a message that cannot be decoded meets an
 * operator with side outputs and metrics rather than the source, where it could only be dropped or
 * fail the job.
 *
 * <p>Emits the same {@link KafkaMessage} every time. Used by one source reader's thread.
 */
public final class KafkaMessageDeserializer
    implements KafkaRecordDeserializationSchema<KafkaMessage> {
  private static final long serialVersionUID = 1L;

  private transient KafkaMessage message;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> kafka, Collector<KafkaMessage> out) {
    if (message == null) {
      message = new KafkaMessage();
    }
    message.topic = kafka.topic();
    message.partition = kafka.partition();
    message.offset = kafka.offset();
    message.timestampEpochMilli = kafka.timestamp();
    message.value = kafka.value();
    out.collect(message);
  }

  @Override
  public TypeInformation<KafkaMessage> getProducedType() {
    return TypeInformation.of(KafkaMessage.class);
  }
}
