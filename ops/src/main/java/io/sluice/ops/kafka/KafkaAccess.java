package io.sluice.ops.kafka;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A Kafka cluster and how to talk to it.
 *
 * @param brokers {@code host:port,…}
 * @param settings of all clients, such as {@code security.protocol}
 */
public record KafkaAccess(String brokers, Map<String, String> settings) {
  /** After which a cluster counts as silent. */
  public static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  /** With the settings of a properties file, as Kafka's own tools take it. */
  public static KafkaAccess of(String brokers, Path settingsFile) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(settingsFile)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw OperatorException.failed(
          "the settings for the Kafka clients cannot be read: " + e.getClass().getSimpleName());
    }
    Map<String, String> settings = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name)));
    return new KafkaAccess(brokers, settings);
  }

  /** The settings of a client; what it needs itself wins over the user's. */
  public Map<String, Object> client(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(own);
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return all;
  }

  /** Throws unless the cluster answers and has these topics. */
  public void require(Set<String> topics) {
    Set<String> there = reading(Map.of(), consumer -> consumer.listTopics().keySet());
    for (String topic : topics) {
      if (!there.contains(topic)) {
        throw OperatorException.failed(
            "there is no topic " + topic + " at " + brokers + ", or this user may not see it");
      }
    }
  }

  /** Does something with a client; what Kafka throws becomes a message for people. */
  public <T> T asking(Supplier<T> action) {
    try {
      return action.get();
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  /**
   * Does something with a consumer that leaves no trace in its group. It reads only what is
   * committed, so that a transaction that was killed does not count.
   *
   * @param own further settings
   */
  public <T> T reading(Map<String, Object> own, Function<KafkaConsumer<byte[], byte[]>, T> action) {
    Map<String, Object> all = new HashMap<>(own);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
    return asking(
        () -> {
          try (KafkaConsumer<byte[], byte[]> consumer =
              new KafkaConsumer<>(
                  client(all), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return action.apply(consumer);
          }
        });
  }

  public static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  /** Kafka quotes values that it cannot read, and of a JAAS line that is wrong a part. */
  private String withoutSecrets(Throwable root) {
    String message = String.valueOf(root.getMessage());
    if (message.contains("JAAS") || message.contains("login module")) {
      return "sasl.jaas.config is not one line as in:"
          + " package.LoginModule required username=\"name\" password=\"…\";";
    }
    for (String value : settings.values()) {
      message = value.length() < 4 ? message : message.replace(value, "…");
    }
    return message;
  }

  /** Without the settings: passwords are among them. */
  @Override
  public String toString() {
    return "KafkaAccess[" + brokers + "]";
  }

  private OperatorException failed(KafkaException why) {
    if (why instanceof TimeoutException) {
      return OperatorException.failed(
          "kafka at " + brokers + " does not answer within " + ANSWER_WITHIN.toSeconds() + " s",
          why);
    }
    Throwable root = why.getCause() == null ? why : why.getCause();
    return OperatorException.failed("kafka at " + brokers + ": " + withoutSecrets(root));
  }
}
