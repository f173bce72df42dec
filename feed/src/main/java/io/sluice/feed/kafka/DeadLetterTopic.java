package io.sluice.feed.kafka;

import static org.apache.kafka.common.config.ConfigResource.Type.TOPIC;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic that takes what cannot be decoded, as a sink that writes each dead letter at least
 * once; see {@link DeadLetterWriter}. It asks nothing of the brokers until the first letter comes.
 *
 * <p>Flink's Kafka sink fails the task when the topic does not take a letter, again and again, and
 * good records wait behind it. The committer has nothing to do: savepoints have had state of one
 * since the first release, of that sink, and Flink refuses to leave state behind.
 *
 * @param brokers {@code host:port,…}
 * @param topic its name; the topic exists or the brokers create topics by themselves
 * @param required whether a letter that the topic does not take stops the job until it does; else
 *     it is given up
 * @param clientProperties further settings of the Kafka producer; they win over those made here
 */
public record DeadLetterTopic(
    String brokers, String topic, boolean required, Map<String, String> clientProperties)
    implements Sink<DeadLetter>, SupportsCommitter<Void> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTopic.class);
  private static final long ANSWER_WITHIN_SECONDS = 10;

  /** Kafka's default of {@code max.request.size}, a little less than that of a topic. */
  private static final int DEFAULT_BYTES = 1 << 20;

  public DeadLetterTopic {
    SourceTopic.requireText("brokers", brokers);
    SourceTopic.requireText("topic", topic);
    clientProperties = Map.copyOf(clientProperties);
  }

  @Override
  public SinkWriter<DeadLetter> createWriter(WriterInitContext context) {
    return new DeadLetterWriter(
        topic,
        new KafkaProducer<>(
            producerProperties(), new ByteArraySerializer(), new ByteArraySerializer()),
        this::maxLetterBytes,
        required,
        context.metricGroup());
  }

  @Override
  public Committer<Void> createCommitter(CommitterInitContext context) {
    return new NothingToCommit();
  }

  @Override
  public SimpleVersionedSerializer<Void> getCommittableSerializer() {
    return new NothingToCommit();
  }

  private static final class NothingToCommit
      implements Committer<Void>, SimpleVersionedSerializer<Void> {
    @Override
    public void commit(Collection<CommitRequest<Void>> none) {}

    @Override
    public void close() {}

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

  Properties producerProperties() {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    // How long a letter may hold the task thread, and with it records and barriers, while the
    // topic's leader is unknown. An election takes seconds; after that the job restarts from its
    // checkpoint and tries again, so nothing is lost either way.
    properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000");
    properties.putAll(clientProperties);
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return properties;
  }

  /**
   * The smaller of the topic's {@code max.message.bytes} and the producer's {@code
   * max.request.size}: bytes of a batch of one message, as Kafka counts them. Where the brokers do
   * not tell, what they take by default; a letter that is too large then is cut when it has been
   * refused. May block for seconds.
   */
  private int maxLetterBytes() {
    String request = clientProperties.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    return Math.min(
        request == null ? DEFAULT_BYTES : Integer.parseInt(request.trim()), maxMessageBytes());
  }

  private int maxMessageBytes() {
    ConfigResource resource = new ConfigResource(TOPIC, topic);
    Admin admin = Admin.create(producerProperties());
    try {
      return Integer.parseInt(
          admin
              .describeConfigs(List.of(resource))
              .values()
              .get(resource)
              .get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
              .get(MAX_MESSAGE_BYTES_CONFIG)
              .value());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("Kafka did not say how large a message {} takes; the default is assumed", topic, e);
    } finally {
      admin.close(Duration.ZERO);
    }
    return DEFAULT_BYTES;
  }

  /** Without the client's settings: passwords are among them. */
  @Override
  public String toString() {
    return "DeadLetterTopic[brokers=" + brokers + ", topic=" + topic + "]";
  }
}
