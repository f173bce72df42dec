package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.stack.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice up}. */
@Command(
    name = "up",
    description = "Starts Kafka, Flink, ClickHouse and the proxy, and creates topics and tables.")
final class UpVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private StackFlags flags;

  @Override
  public Integer call() {
    Stack stack =
        Stack.start(common.home(), common.path(), flags.toOptions(spec), Terminal.progress(spec));
    Terminal.result(
        spec,
        "up: Kafka %s, Flink %s, ClickHouse %s, proxy %s at %s"
            .formatted(
                stack.options().ports().kafkaBrokers(),
                stack.options().ports().flinkRestUrl(),
                stack.options().ports().clickhouseUrl(),
                stack.options().ports().proxyUrl(),
                stack.options().proxyRate()));
    return 0;
  }
}
