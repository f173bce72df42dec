package io.sluice.ops.cli;

import io.sluice.ops.deadletters.DeadLetters;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb under {@code dead-letters}. */
abstract class DeadLetterVerb extends Verb {
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--topic",
      defaultValue = "http_log_dead_letters",
      description = "with the dead letters")
  private String topic;

  final DeadLetters deadLetters() {
    return new DeadLetters(kafka.access(spec, deployment), topic);
  }
}
