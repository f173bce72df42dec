package io.sluice.ops.cli;

import io.sluice.ops.kafka.KafkaAccess;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A Kafka cluster other than the deployment's own. */
final class KafkaOptions {
  @Option(
      names = "--brokers",
      paramLabel = "<host:port,…>",
      description = "the Kafka cluster (default: the deployment's)")
  private String brokers;

  @Option(
      names = "--command-config",
      paramLabel = "<file>",
      description = "properties for the Kafka clients, such as security.protocol")
  private Path settings;

  KafkaAccess access(CommandSpec verb, Deployment deployment) {
    String where = brokers == null ? deployment.kafka(verb).brokers() : brokers;
    return settings == null ? new KafkaAccess(where, Map.of()) : KafkaAccess.of(where, settings);
  }
}
