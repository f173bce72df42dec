package io.sluice.feed.kafka;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The topic that takes what cannot be decoded.
 *
 * @param brokers {@code host:port,…}
 * @param topic its name; the topic exists or the brokers create topics by themselves
 * @param required whether a letter that the topic does not take stops the job until it does; else
 *     it is given up
 * @param clientProperties further settings of the Kafka producer; they win over those made here
 */
public record DeadLetterTopic(
    String brokers, String topic, boolean required, Map<String, String> clientProperties) {
  public DeadLetterTopic {
    SourceTopic.requireText("brokers", brokers);
    SourceTopic.requireText("topic", topic);
    clientProperties = Map.copyOf(requireNonNull(clientProperties, "clientProperties"));
  }

  /**
   * A sink that writes each dead letter at least once; see {@link DeadLetterWriter}. It asks
   * nothing of the brokers until the first letter comes.
   */
  public Sink<DeadLetter> sink() {
    return new DeadLetterSink(topic, producerProperties(), required);
  }

  Properties producerProperties() {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    // How long a letter may hold the task thread, and with it records and barriers, while the
    // topic's leader is unknown. An election takes seconds; after that the job restarts from its
    // checkpoint and tries again, so nothing is lost either way.
    properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000");
    clientProperties.forEach(properties::setProperty);
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return properties;
  }

  /** Without the client's settings: passwords are among them. */
  @Override
  public String toString() {
    return "DeadLetterTopic[brokers=" + brokers + ", topic=" + topic + "]";
  }
}
