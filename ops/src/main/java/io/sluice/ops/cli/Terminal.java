package io.sluice.ops.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** What a verb says: results to stdout, progress to stderr. */
public final class Terminal {
  private Terminal() {}

  public static void result(CommandSpec verb, String line) {
    PrintWriter out = verb.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  public static Consumer<String> progress(CommandSpec verb) {
    PrintWriter err = verb.commandLine().getErr();
    return line -> {
      err.println(line);
      err.flush();
    };
  }
}
