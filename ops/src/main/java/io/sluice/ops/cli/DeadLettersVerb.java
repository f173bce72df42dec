package io.sluice.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
public final class DeadLettersVerb {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;
}
