package io.sluice.bench.queries;

import io.sluice.bench.ExperimentVerb;
import io.sluice.bench.queries.QueriesOptions.Part;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.cli.CommonOptions;
import io.sluice.sandbox.stack.Stack;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sluice bench queries}. */
@Command(
    name = "queries",
    description = {
      "Loads rows of 30 days and asks for totals by every combination of dimensions, with and"
          + " without inserts beside; measures inserts and disk too.",
      "Starts a ClickHouse of its own in bench-queries/ of the state folder and ends it afterwards.",
      "Exits with 0 whether the goals are reached or missed: the last table says which."
    })
public final class QueriesVerb implements Callable<Integer> {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--rows",
      defaultValue = "100000000",
      description = "of http_log; some 40 bytes of disk and 2 microseconds each" + DEFAULT)
  private long rows;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "of the rows and of the values that are asked for" + DEFAULT)
  private long seed;

  @Option(names = "--runs", defaultValue = "20", description = "warm runs of each query" + DEFAULT)
  private int runs;

  @Option(names = "--port", defaultValue = "18123", description = "for ClickHouse" + DEFAULT)
  private int port;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "<part>",
      description = "series, top, insert or disk, or some of them (default: all)")
  private Set<Part> only = EnumSet.allOf(Part.class);

  @Option(names = "--quick", description = "200,000 rows and few runs: to see that it works")
  private boolean quick;

  @Option(names = "--svg", paramLabel = "<file>", description = "where to draw queries and goals")
  private Path svg;

  @Override
  public Integer call() {
    ExperimentVerb.require(spec, "--rows", rows, 1_000L, 1_000_000_000L);
    ExperimentVerb.require(spec, "--runs", runs, 1, 1_000);
    QueriesOptions options =
        quick ? QueriesOptions.quick(seed, only) : QueriesOptions.full(rows, seed, runs, only);
    Path dir = common.path().resolve("bench-queries");
    Consumer<String> progress = Terminal.progress(spec);
    QueriesResult result = new QueriesBench(common.home(), dir, port, options, progress).run();
    ExperimentVerb.write(svg, () -> new GoalPlot(result).svg());
    Terminal.result(spec, new QueriesReport(result).text());
    Stack.deleteData(common.home(), dir);
    return 0;
  }
}
