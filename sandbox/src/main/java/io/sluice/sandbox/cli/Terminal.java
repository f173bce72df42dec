package io.sluice.sandbox.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** What a verb says: results to stdout, progress to stderr. */
final class Terminal {
  private Terminal() {}

  static void result(CommandSpec verb, String line) {
    PrintWriter out = verb.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  static Consumer<String> progress(CommandSpec verb) {
    PrintWriter err = verb.commandLine().getErr();
    return line -> {
      err.println(line);
      err.flush();
    };
  }
}
