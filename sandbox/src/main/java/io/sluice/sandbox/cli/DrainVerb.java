package io.sluice.sandbox.cli;

import io.sluice.sandbox.stack.Drain;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sluice drain}. */
@Command(
    name = "drain",
    description = {
      "Waits until ClickHouse has all that Kafka has: nothing unread, nothing buffered, no request"
          + " that may be repeated.",
      "Producers have to be quiet. The job goes on; stop it then. Exits with 1 if it takes too"
          + " long."
    })
final class DrainVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--within",
      paramLabel = "<time>",
      converter = DurationConverter.class,
      defaultValue = "10m",
      description = "how long at most (default: ${DEFAULT-VALUE})")
  private Duration within;

  @Override
  public Integer call() {
    boolean drained = new Drain(common.attach(spec), Terminal.progress(spec)).await(within);
    Terminal.result(spec, drained ? "drained: ClickHouse has all that Kafka has" : "not drained");
    return drained ? 0 : 1;
  }
}
