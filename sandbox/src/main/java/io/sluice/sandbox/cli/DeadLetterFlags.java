package io.sluice.sandbox.cli;

import io.sluice.sandbox.deadletters.KafkaAccess;
import io.sluice.sandbox.kafka.KafkaTopics;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where the dead letters are. */
final class DeadLetterFlags {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  @Mixin private CommonOptions common;

  @Option(
      names = "--brokers",
      paramLabel = "<host:port,…>",
      description = "the Kafka cluster (default: the one of this stack)")
  private String brokers;

  @Option(
      names = "--command-config",
      paramLabel = "<file>",
      description = "properties for the Kafka clients, such as security.protocol")
  private Path settings;

  @Option(
      names = "--topic",
      defaultValue = KafkaTopics.DEAD_LETTERS,
      description = "with the dead letters" + DEFAULT)
  private String topic;

  KafkaAccess kafka(CommandSpec verb) {
    String where = brokers == null ? common.attach(verb).options().ports().kafkaBrokers() : brokers;
    return settings == null ? new KafkaAccess(where, Map.of()) : KafkaAccess.of(where, settings);
  }

  String topic() {
    return topic;
  }
}
