package io.sluice.sandbox.cli;

import io.sluice.sandbox.SandboxException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
      BenchVerb.class,
      SoakVerb.class,
      ChaosVerb.class,
      ChaosReportVerb.class,
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

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    // What comes behind a tool's name is the tool's, its --help included.
    line.getSubcommands().get("flink").setStopAtPositional(true);
    line.getSubcommands().get("kafka").setStopAtPositional(true);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explain);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which verb?");
  }

  /** One line that names what is wrong; the long help is one more command away. */
  private static int explainUsage(CommandLine.ParameterException wrong, String[] arguments) {
    CommandLine verb = wrong.getCommandLine();
    String name = verb.getCommandSpec().qualifiedName();
    String message = Discreet.message(wrong, arguments);
    verb.getErr().println(name + ": " + message + "; see: ./" + name + " --help");
    return SandboxException.Kind.USAGE.exitCode();
  }

  /** What people can act on is one message; anything else is a defect and shows where. */
  private static int explain(
      Exception exception, CommandLine verb, CommandLine.ParseResult parsed) {
    StringWriter said = new StringWriter();
    said.append(verb.getCommandSpec().qualifiedName()).append(": ");
    SandboxException.Kind kind = SandboxException.Kind.FAILED;
    if (exception instanceof SandboxException known) {
      said.append(known.getMessage());
      kind = known.kind();
    } else if (exception instanceof UncheckedIOException disk) {
      said.append(disk.getMessage()).append(": ").append(disk.getCause().getMessage());
    } else {
      exception.printStackTrace(new PrintWriter(said, true));
    }
    verb.getErr().println(Discreet.text(said.toString(), parsed.expandedArgs()));
    return kind.exitCode();
  }
}
