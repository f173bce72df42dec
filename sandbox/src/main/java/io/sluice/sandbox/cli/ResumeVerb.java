package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.flink.JobRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice resume}. */
@Command(
    name = "resume",
    description = {
      "Starts the job again from its newest savepoint or checkpoint.",
      "An older one (--from) sends again what was sent since: see savepoints/README.md."
    })
final class ResumeVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(names = "--from", paramLabel = "<folder>", description = "a certain savepoint")
  private String from;

  @Parameters(
      paramLabel = "-- --key value",
      arity = "0..*",
      description = "settings of the job to change, after --; the others stay as they were")
  private List<String> more = List.of();

  @Override
  public Integer call() {
    JobRecord job = common.attach(spec).resumeJob(Optional.ofNullable(from), more);
    Terminal.result(spec, "job " + job.jobId() + " from " + job.restoredFrom());
    return 0;
  }
}
