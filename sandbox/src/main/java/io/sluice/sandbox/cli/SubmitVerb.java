package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.flink.JobRecord;
import io.sluice.sandbox.stack.Stack;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice submit}. */
@Command(
    name = "submit",
    description = {
      "Submits job/target/job.jar with Flink's own 'run' command, set to this stack.",
      "The job starts without state; 'resume' goes on where the last one was."
    })
final class SubmitVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "-- --key value",
      arity = "0..*",
      description = "more settings of the job, after --; they win over the stack's")
  private List<String> more = List.of();

  @Override
  public Integer call() {
    Stack stack = common.attach(spec);
    JobRecord job = stack.submit(more);
    Terminal.result(spec, "job " + job.jobId());
    return 0;
  }
}
