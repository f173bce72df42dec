package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.stack.Stack;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sluice down}. */
@Command(
    name = "down",
    description = "Ends every process of the stack. The data stays, for the next up.")
final class DownVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(names = "--delete-data", description = "delete all data and logs of the stack too")
  private boolean deleteData;

  @Override
  public Integer call() {
    List<Service> ended = common.attach(spec).stopAll();
    Terminal.result(spec, ended.isEmpty() ? "nothing was running" : "down: " + ended);
    if (deleteData) {
      Stack.deleteData(common.home(), common.path());
    }
    return 0;
  }
}
