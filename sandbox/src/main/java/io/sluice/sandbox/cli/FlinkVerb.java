package io.sluice.sandbox.cli;

import io.sluice.sandbox.process.Subprocess;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice flink}. */
@Command(
    name = "flink",
    description = {
      "Runs Flink's own command line against this stack.",
      "Options of this verb come before Flink's action. A job that is started by 'flink run' is not"
          + " the one that status, stop and resume mean."
    })
final class FlinkVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "<action> [<argument>…]",
      arity = "1..*",
      description = "such as: list, savepoint <job>, run --help")
  private List<String> line;

  @Override
  public Integer call() {
    return Subprocess.passThrough(common.attach(spec).flinkCommand(line));
  }
}
