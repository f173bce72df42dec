package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice stop}. */
@Command(name = "stop", description = "Stops the job with a savepoint; the services go on.")
final class StopVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Terminal.result(spec, common.attach(spec).stopJob());
    return 0;
  }
}
