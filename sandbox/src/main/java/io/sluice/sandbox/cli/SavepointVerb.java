package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice savepoint}. */
@Command(name = "savepoint", description = "Takes a savepoint of the running job, which goes on.")
final class SavepointVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Terminal.result(spec, common.attach(spec).savepoint());
    return 0;
  }
}
