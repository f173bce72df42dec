package io.sluice.sandbox.cli;

import io.sluice.ops.cli.AuditVerb;
import io.sluice.ops.cli.CapacityVerb;
import io.sluice.ops.cli.DeadLettersVerb;
import io.sluice.ops.cli.DrainVerb;
import io.sluice.ops.cli.RebuildVerb;
import io.sluice.ops.cli.Version;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of {@code ./sluice}. */
@Command(
    name = "sluice",
    description = "Runs the whole pipeline on this machine, without Docker.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "<verb>",
    commandListHeading = "%nVerbs (each has --help):%n",
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
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean version;

  /** Runs one verb and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** With the verbs of all modules that are there. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main(), new StackFactory());
    ServiceLoader.load(Verbs.class).forEach(more -> more.verbs().forEach(line::addSubcommand));
    // What comes behind a tool's name is the tool's, its --help included.
    line.getSubcommands().get("flink").setStopAtPositional(true);
    line.getSubcommands().get("kafka").setStopAtPositional(true);
    return io.sluice.ops.cli.Main.explaining(line);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which verb?");
  }
}
