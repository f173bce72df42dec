package io.sluice.ops.cli;

import io.sluice.ops.kafka.KafkaAccess;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where the dead letters are. */
final class DeadLetterFlags {
  @Mixin private Deployment deployment;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--topic",
      defaultValue = "http_log_dead_letters",
      description = "with the dead letters (default: ${DEFAULT-VALUE})")
  private String topic;

  KafkaAccess kafka(CommandSpec verb) {
    return kafka.access(verb, deployment);
  }

  String topic() {
    return topic;
  }
}
