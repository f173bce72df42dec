package io.sluice.sandbox.cli;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.stack.Stack;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every verb takes: which stack is meant, and the call for help. */
final class CommonOptions {
  @Option(
      names = "--dir",
      paramLabel = "<folder>",
      description =
          "state folder of the stack (default: $SLUICE_DIR, else .sluice in the repository)")
  private Path dir;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  private final Home home = Home.find();

  Home home() {
    return home;
  }

  Path path() {
    if (dir != null) {
      return dir;
    }
    String fromEnvironment = System.getenv("SLUICE_DIR");
    return fromEnvironment == null ? home.defaultStateDir() : Path.of(fromEnvironment);
  }

  /** The stack that was started there. */
  Stack attach(CommandSpec verb) {
    return Stack.attach(home, path(), Terminal.progress(verb));
  }
}
