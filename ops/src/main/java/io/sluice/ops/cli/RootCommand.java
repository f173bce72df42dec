package io.sluice.ops.cli;

import io.sluice.ops.OperatorException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What every command line of ours has above its verbs, and how it says what is wrong. */
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    resourceBundle = "io.sluice.ops.cli.version",
    version = "sluice ${bundle:build.version}",
    synopsisSubcommandLabel = "<verb>",
    commandListHeading = "%nVerbs (each has --help):%n")
public abstract class RootCommand {
  /** Makes a command line say in one line what is wrong, and no secret of its arguments. */
  public static CommandLine explaining(CommandLine line) {
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, new DurationConverter())
        .registerConverter(Instant.class, new TimeConverter())
        .setParameterExceptionHandler(RootCommand::explainUsage)
        .setExecutionExceptionHandler(RootCommand::explain);
  }

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
