package io.sluice.feed.kafka;

import static org.apache.kafka.common.config.ConfigResource.Type.TOPIC;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The smaller of the topic's {@code max.message.bytes} and the producer's {@code max.request.size}.
 * Where the brokers do not tell, what they take by default; a letter that is too large then is cut
 * when it has been refused.
 */
final class BrokerLetterLimit implements LetterLimit {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLetterLimit.class);
  private static final long ANSWER_WITHIN_SECONDS = 10;

  /** Kafka's default of {@code max.request.size}, a little less than that of a topic. */
  private static final int DEFAULT_BYTES = 1 << 20;

  private final String topic;
  private final Properties properties;
  private Integer maxBytes;

  BrokerLetterLimit(String topic, Properties properties) {
    this.topic = topic;
    this.properties = properties;
  }

  @Override
  public int maxBytes() {
    if (maxBytes == null) {
      String request = properties.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
      maxBytes =
          Math.min(request == null ? DEFAULT_BYTES : Integer.parseInt(request.trim()), ofTopic());
    }
    return maxBytes;
  }

  private int ofTopic() {
    ConfigResource resource = new ConfigResource(TOPIC, topic);
    Properties settings = new Properties();
    settings.putAll(properties);
    settings.keySet().removeIf(key -> !AdminClientConfig.configNames().contains(key));
    Admin admin = Admin.create(settings);
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

  @Override
  public void forget() {
    maxBytes = null;
  }
}
