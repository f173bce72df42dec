package io.sluice.bench.cli;

import io.sluice.bench.queries.QueriesBench;
import io.sluice.bench.queries.QueriesOptions;
import io.sluice.bench.queries.QueriesOptions.Part;
import io.sluice.bench.queries.QueriesResult;
import io.sluice.ops.Json;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.cli.CommonOptions;
import io.sluice.sandbox.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
final class BenchQueriesVerb implements Callable<Integer> {
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
  private Set<Part> only;

  @Option(
      names = "--all-splits",
      description = "also the 50 combinations that filter and group; the worst are shown")
  private boolean allSplits;

  @Option(names = "--quick", description = "200,000 rows and few runs: to see that it works")
  private boolean quick;

  @Option(
      names = "--keep",
      description = "leave the rows there: the next run with as many of that seed uses them")
  private boolean keep;

  @Option(names = "--json", paramLabel = "<file>", description = "where to write all figures")
  private Path json;

  @Option(names = "--svg", paramLabel = "<file>", description = "where to draw queries and goals")
  private Path svg;

  @Override
  public Integer call() {
    QueriesOptions options = options();
    Path dir = common.path().resolve("bench-queries");
    Consumer<String> progress = Terminal.progress(spec);
    QueriesResult result = new QueriesBench(common.home(), dir, port, options, progress).run();
    if (json != null) {
      Json.write(json, result);
    }
    if (svg != null) {
      write(svg, result.svg());
    }
    Terminal.result(spec, result.report());
    if (!keep) {
      Stack.deleteData(common.home(), dir);
    }
    return 0;
  }

  private QueriesOptions options() {
    try {
      Set<Part> parts = only == null ? EnumSet.allOf(Part.class) : only;
      return quick
          ? QueriesOptions.quick(seed, parts, allSplits)
          : QueriesOptions.full(rows, seed, runs, parts, allSplits);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
