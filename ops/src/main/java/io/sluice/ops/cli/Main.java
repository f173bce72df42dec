package io.sluice.ops.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The operator's command line, against any deployment by URLs. */
@Command(
    description = "Looks after a deployment of Sluice.",
    footerHeading = "%nWhat options do not name comes from the environment:%n",
    footer = {
      "$SLUICE_KAFKA_BROKERS; $CLICKHOUSE_URL, $CLICKHOUSE_USER and $CLICKHOUSE_PASSWORD; $FLINK_URL;"
          + " $FLINK_METRICS.",
      "",
      "Exit codes: 0 done; 1 a step failed, or something was found; 2 wrong usage; 3 no job runs."
    },
    subcommands = {
      StatusVerb.class,
      AuditVerb.class,
      DrainVerb.class,
      DeadLettersVerb.class,
      RebuildVerb.class,
      CapacityVerb.class
    })
public final class Main extends RootCommand {
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return explaining(new CommandLine(new Main()));
  }
}
