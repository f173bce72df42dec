package io.sluice.ops.cli;

import io.sluice.ops.OperatorException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The operator's command line, against any deployment by URLs. */
@Command(
    name = "sluice",
    description = "Looks after a deployment of Sluice.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "<verb>",
    commandListHeading = "%nVerbs (each has --help):%n",
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
    return explaining(new CommandLine(new Main()));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which verb?");
  }

  /** Makes a command line say in one line what is wrong, and no secret of its arguments. */
  public static CommandLine explaining(CommandLine line) {
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explain);
  }

  /** One line that names what is wrong; the long help is one more command away. */
  private static int explainUsage(CommandLine.ParameterException wrong, String[] arguments) {
    CommandLine verb = wrong.getCommandLine();
    String name = verb.getCommandSpec().qualifiedName();
    String message = Discreet.message(wrong, arguments);
    verb.getErr().println(name + ": " + message + "; see: " + name + " --help");
    return OperatorException.Kind.USAGE.exitCode();
  }

  /** What people can act on is one message; anything else is a defect and shows where. */
  private static int explain(
      Exception exception, CommandLine verb, CommandLine.ParseResult parsed) {
    StringWriter said = new StringWriter();
    said.append(verb.getCommandSpec().qualifiedName()).append(": ");
    OperatorException.Kind kind = OperatorException.Kind.FAILED;
    if (exception instanceof OperatorException known) {
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
