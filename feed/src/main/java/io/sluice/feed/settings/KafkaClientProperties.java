package io.sluice.feed.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * The settings {@code kafka.client.*}, which go to the Kafka clients. The clients only warn of a
 * name that they do not know, and of a wrong value they complain on the TaskManager, again and
 * again; so both are looked at here. No value is ever shown: passwords are among them.
 */
final class KafkaClientProperties {
  /** What would break the promise, or has a setting of its own. */
  private static final Map<String, String> TAKEN =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "is set by kafka.brokers"),
          Map.entry("group.id", "is set by kafka.group"),
          Map.entry("auto.offset.reset", "is earliest: the job starts at the group's offsets"),
          Map.entry("enable.auto.commit", "is false: offsets are committed with checkpoints"),
          Map.entry("key.deserializer", "is the job's own"),
          Map.entry("value.deserializer", "is the job's own"),
          Map.entry("key.serializer", "is the job's own"),
          Map.entry("value.serializer", "is the job's own"),
          Map.entry(
              "isolation.level", "is read_committed: a replay that was killed does not count"),
          Map.entry("acks", "is all: dead letters must not get lost"),
          Map.entry("transactional.id", "is not used: dead letters need no transactions"));

  /** Flink's own, which go through the same map. */
  private static final ConfigDef OF_FLINK =
      new ConfigDef()
          .define(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), ConfigDef.Type.STRING, LOW, "")
          .define(
              KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
              ConfigDef.Type.LONG,
              LOW,
              "")
          .define(
              KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(),
              ConfigDef.Type.BOOLEAN,
              LOW,
              "")
          .define(
              KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(),
              ConfigDef.Type.BOOLEAN,
              LOW,
              "")
          .define("register.producer.metrics", ConfigDef.Type.BOOLEAN, LOW, "");

  private static final List<ConfigDef> CLIENTS =
      List.of(
          OF_FLINK,
          ConsumerConfig.configDef(),
          ProducerConfig.configDef(),
          AdminClientConfig.configDef());

  /** Any text may be a password; classes may be where the tasks run, and not here. */
  private static final Set<ConfigDef.Type> UNCHECKED =
      EnumSet.of(ConfigDef.Type.PASSWORD, ConfigDef.Type.CLASS, ConfigDef.Type.LIST);

  /** A class of the user's has settings that only it knows. */
  private static final Pattern NAMES_CLASSES =
      Pattern.compile("kafka\\.client\\.(.*\\.class(es)?|metric\\.reporters|config\\.providers)");

  private KafkaClientProperties() {}

  /** Those among what was entered, without {@code kafka.client.}, and not trimmed. */
  static Map<String, String> checked(Map<String, Entered> entered) {
    boolean ownClasses =
        entered.keySet().stream().anyMatch(key -> NAMES_CLASSES.matcher(key).matches());
    Map<String, String> properties = new HashMap<>();
    entered.forEach(
        (key, value) -> {
          if (key.startsWith(SettingSources.KAFKA_CLIENT_PREFIX)) {
            String name = key.substring(SettingSources.KAFKA_CLIENT_PREFIX.length());
            requireValid(name, value, ownClasses);
            // Flink does not trim its own.
            boolean isOfFlink = OF_FLINK.names().contains(name);
            properties.put(name, isOfFlink ? value.text().trim() : value.text());
          }
        });
    return properties;
  }

  private static void requireValid(String name, Entered value, boolean ownClasses) {
    if (TAKEN.containsKey(name)) {
      throw new ConfigException(value.name() + " cannot be set: it " + TAKEN.get(name));
    }
    List<ConfigKey> known = known(name);
    if (known.isEmpty() && !ownClasses) {
      throw unknown(name, value);
    }
    known.forEach(client -> requireValid(client, value));
    if (name.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
      requireJaasLine(value);
    }
  }

  private static List<ConfigKey> known(String name) {
    return CLIENTS.stream().map(it -> it.configKeys().get(name)).filter(Objects::nonNull).toList();
  }

  /** Whether Kafka takes the setting, which begins with {@code kafka.client.}, for a password. */
  static boolean isPassword(String key) {
    return known(key.substring(SettingSources.KAFKA_CLIENT_PREFIX.length())).stream()
        .anyMatch(client -> client.type == ConfigDef.Type.PASSWORD);
  }

  private static ConfigException unknown(String name, Entered value) {
    Set<String> names = new TreeSet<>();
    CLIENTS.stream().map(ConfigDef::names).forEach(names::addAll);
    return value.wrong(
        "is no setting of Kafka's clients",
        Nearest.to(name, names)
            .map(it -> SettingSources.KAFKA_CLIENT_PREFIX + it)
            .orElse("a name from Kafka's documentation behind kafka.client."));
  }

  /** What Kafka says of a wrong one would quote parts of it, and so maybe of the password. */
  private static void requireJaasLine(Entered value) {
    try {
      JaasContext.loadClientContext(
          Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(value.text())));
    } catch (IllegalArgumentException | KafkaException e) {
      throw value.wrong(
          "is not what Kafka takes",
          "one line as in: package.LoginModule required username=\"name\" password=\"…\";");
    }
  }

  private static void requireValid(ConfigKey key, Entered value) {
    if (UNCHECKED.contains(key.type)) {
      return;
    }
    try {
      Object parsed = ConfigDef.parseType(key.name, value.text(), key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
    } catch (org.apache.kafka.common.config.ConfigException e) {
      String type = key.type.name().toLowerCase(Locale.ROOT);
      throw value.wrong(
          "is not what Kafka takes", key.validator == null ? type : type + ", " + key.validator);
    }
  }
}
