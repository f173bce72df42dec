package io.sluice.ops.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sluice dead-letters}. */
@Command(
    name = "dead-letters",
    description = {
      "Looks at the messages that the job could not decode, and replays them.",
      "Of this stack, or of any cluster with --brokers. Client addresses are never shown."
    },
    synopsisSubcommandLabel = "list|show|replay",
    subcommands = {
      DeadLettersListVerb.class,
      DeadLettersShowVerb.class,
      DeadLettersReplayVerb.class
    })
public final class DeadLettersVerb implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "list, show or replay?");
  }
}
