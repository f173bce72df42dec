package io.sluice.sandbox.cli;

import io.sluice.ops.cli.AuditVerb;
import io.sluice.ops.cli.CapacityVerb;
import io.sluice.ops.cli.DeadLettersVerb;
import io.sluice.ops.cli.DrainVerb;
import io.sluice.ops.cli.RebuildVerb;
import io.sluice.ops.cli.RootCommand;
import java.util.Locale;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code ./sluice}. */
@Command(
    description = "Runs the whole pipeline on this machine, without Docker.",
    footerHeading = "%nExit codes: ",
    footer =
        "0 done; 1 a step failed, or the audit or a benchmark found something; 2 wrong usage; 3 the"
            + " stack is running already, or not running.",
    subcommands = {
      DemoVerb.class,
      UpVerb.class,
      DownVerb.class,
      StatusVerb.class,
      ProduceVerb.class,
      SqlVerb.class,
      AuditVerb.class,
      DeadLettersVerb.class,
      RebuildVerb.class,
      KillVerb.class,
      StartVerb.class,
      SubmitVerb.class,
      SavepointVerb.class,
      StopVerb.class,
      ResumeVerb.class,
      DrainVerb.class,
      FlinkVerb.class,
      KafkaVerb.class,
      CapacityVerb.class
    })
public final class Main extends RootCommand {
  /** Runs one verb and exits with its code; numbers look the same wherever it runs. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  /** With the verbs of all modules that are there. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main(), new StackFactory());
    ServiceLoader.load(Verbs.class).forEach(more -> more.verbs().forEach(line::addSubcommand));
    // What comes behind a tool's name is the tool's, its --help included.
    line.getSubcommands().get("flink").setStopAtPositional(true);
    line.getSubcommands().get("kafka").setStopAtPositional(true);
    return explaining(line);
  }
}
