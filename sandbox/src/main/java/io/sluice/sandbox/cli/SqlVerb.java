package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice sql}. */
@Command(
    name = "sql",
    description = "Runs one statement in ClickHouse, straight, not through the proxy.")
final class SqlVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "<statement>",
      description = "such as \"SELECT count() FROM logs.http_log\"")
  private String statement;

  @Option(
      names = "--format",
      description = "of the result (default: PrettyCompact in a terminal, else TabSeparated)")
  private String format;

  @Override
  public Integer call() {
    // Java cannot tell a terminal from a pipe in the same way on all versions; the script can.
    boolean forPeople = Boolean.getBoolean("sluice.terminal");
    String use = format != null ? format : forPeople ? "PrettyCompact" : "TabSeparated";
    String result = common.attach(spec).clickHouse().query(statement, use);
    if (!result.isBlank()) {
      Terminal.result(spec, result.stripTrailing());
    }
    return 0;
  }
}
