package io.sluice.feed.kafka;

import java.io.IOException;
import java.util.Collection;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes dead letters to their topic; see {@link DeadLetterWriter}.
 *
 * <p>Flink's Kafka sink fails the task when the topic does not take a letter, again and again, and
 * good records wait behind it. The committer has nothing to do: savepoints have had state of one
 * since the first release, of that sink, and Flink refuses to leave state behind.
 */
final class DeadLetterSink implements Sink<DeadLetter>, SupportsCommitter<Void> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final Properties properties;
  private final boolean required;

  /**
   * @param properties of the producer
   * @param required whether a letter that the topic does not take fails the task
   */
  DeadLetterSink(String topic, Properties properties, boolean required) {
    this.topic = topic;
    this.properties = properties;
    this.required = required;
  }

  @Override
  public SinkWriter<DeadLetter> createWriter(WriterInitContext context) {
    return new DeadLetterWriter(
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
        new DeadLetterFormat(topic),
        new BrokerLetterLimit(topic, properties),
        required,
        context.metricGroup());
  }

  @Override
  public Committer<Void> createCommitter(CommitterInitContext context) {
    return new NothingToCommit();
  }

  @Override
  public SimpleVersionedSerializer<Void> getCommittableSerializer() {
    return new NothingSerialized();
  }

  private static final class NothingToCommit implements Committer<Void> {
    @Override
    public void commit(Collection<CommitRequest<Void>> none) {}

    @Override
    public void close() {}
  }

  private static final class NothingSerialized implements SimpleVersionedSerializer<Void> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Void nothing) {
      return new byte[0];
    }

    @Override
    public Void deserialize(int version, byte[] serialized) throws IOException {
      throw new IOException("the state of dead letters has something to commit");
    }
  }
}
