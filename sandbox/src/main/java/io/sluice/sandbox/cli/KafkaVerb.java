package io.sluice.sandbox.cli;

import io.sluice.sandbox.kafka.KafkaTool;
import io.sluice.sandbox.process.Subprocess;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice kafka}. */
@Command(
    name = "kafka",
    description = {
      "Runs one of Kafka's own tools against this stack: topics, configs, consumer-groups,"
          + " get-offsets.",
      "Options of this verb come before the tool's name; --bootstrap-server is set."
    })
final class KafkaVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "<tool> [<argument>…]",
      arity = "1..*",
      description = "such as: topics --describe --topic http_log")
  private List<String> line;

  @Override
  public Integer call() {
    KafkaTool tool =
        KafkaTool.named(line.get(0))
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "no tool is called '" + line.get(0) + "'; there are " + KafkaTool.names()));
    return Subprocess.passThrough(
        tool.command(
            common.home(),
            common.attach(spec).options().ports().kafkaBrokers(),
            line.subList(1, line.size())));
  }
}
