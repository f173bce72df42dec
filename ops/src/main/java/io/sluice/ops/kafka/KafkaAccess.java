package io.sluice.ops.kafka;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A Kafka cluster and how to talk to it.
 *
 * @param brokers {@code host:port,…}
 * @param settings of all clients, such as {@code security.protocol}
 */
public record KafkaAccess(String brokers, Map<String, String> settings) {
  /** After which a cluster counts as silent. */
  public static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  public KafkaAccess {
    settings = Map.copyOf(settings);
  }

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

  /**
   * Makes sure that the cluster answers and has these topics.
   *
   * @throws OperatorException if not, saying what is wrong
   */
  public void require(Set<String> topics) {
    int millis = (int) ANSWER_WITHIN.toMillis();
    Map<String, Object> patience =
        Map.of("request.timeout.ms", millis, "default.api.timeout.ms", millis);
    try (Admin admin = asking(() -> Admin.create(client(patience)))) {
      for (String topic : topics) {
        require(admin, topic);
      }
    }
  }

  private void require(Admin admin, String topic) {
    try {
      admin
          .describeTopics(Set.of(topic))
          .allTopicNames()
          .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownTopicOrPartitionException
          ? OperatorException.failed("there is no topic " + topic + " at " + brokers)
          : failed(e.getCause());
    } catch (TimeoutException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("asking kafka");
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

  private OperatorException failed(Throwable why) {
    boolean silent =
        why instanceof TimeoutException
            || why instanceof org.apache.kafka.common.errors.TimeoutException;
    Throwable root = why.getCause() == null ? why : why.getCause();
    return new OperatorException(
        OperatorException.Kind.FAILED,
        silent
            ? "kafka at " + brokers + " does not answer within " + ANSWER_WITHIN.toSeconds() + " s"
            : "kafka at " + brokers + ": " + withoutSecrets(root),
        silent ? why : null);
  }
}
