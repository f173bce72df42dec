package io.sluice.bench.cli;

import io.sluice.bench.queries.QueriesVerb;
import io.sluice.bench.stack.CheckpointsVerb;
import io.sluice.bench.stack.PipelineVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice bench}. */
@Command(
    name = "bench",
    description = "Measures the pipeline on a stack of its own; see bench/RESULTS.md.",
    synopsisSubcommandLabel = "<benchmark>",
    commandListHeading = "%nBenchmarks (each has --help):%n",
    subcommands = {PipelineVerb.class, CheckpointsVerb.class, QueriesVerb.class})
final class BenchVerb implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which benchmark?");
  }
}
