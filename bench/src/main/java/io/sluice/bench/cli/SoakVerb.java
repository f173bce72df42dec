package io.sluice.bench.cli;

import io.sluice.bench.soak.Outage;
import io.sluice.bench.soak.Soak;
import io.sluice.bench.soak.SoakOptions;
import io.sluice.bench.soak.SoakReport;
import io.sluice.ops.Json;
import io.sluice.ops.cli.DurationConverter;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.cli.CommonOptions;
import io.sluice.sandbox.cli.MebibytesConverter;
import io.sluice.sandbox.cli.OwnStack;
import io.sluice.sandbox.cli.StackFlags;
import io.sluice.sandbox.config.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice soak}. */
@Command(
    name = "soak",
    description = {
      "Runs the job at a steady rate for a long time and looks whether what it takes stays flat.",
      "Starts a stack of its own in soak/ of the state folder and ends it afterwards. ClickHouse can"
          + " be away for a while; with a small buffer, for longer than the job can bear.",
      "The last line is JSON. Exits with 0 only if nothing is lost or there twice."
    })
final class SoakVerb implements Callable<Integer> {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";
  private static final long MIB = 1L << 20;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private StackFlags flags;

  @Option(
      names = "--duration",
      defaultValue = "60m",
      converter = DurationConverter.class,
      description = "how long records are produced" + DEFAULT)
  private Duration duration;

  @Option(names = "--rate", defaultValue = "600", description = "records per second" + DEFAULT)
  private double recordsPerSecond;

  @Option(names = "--seed", defaultValue = "1", description = "of the records" + DEFAULT)
  private long seed;

  @Option(
      names = "--sample-every",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "the time between two samples" + DEFAULT)
  private Duration sampleEvery;

  @Option(
      names = "--full-gc-every",
      converter = DurationConverter.class,
      description = {
        "collects the TaskManager's heap by force that often (needs a JDK's jcmd), so that its"
            + " floor is what is alive",
        "Without it, the floor is what the JVM's own collections leave."
      })
  private Duration fullCollectionEvery;

  @Option(
      names = "--outage",
      converter = DurationConverter.class,
      description = "how long ClickHouse is away, killed with kill -9; not at all by default")
  private Duration outage;

  @Option(
      names = "--outage-at",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = "when it is killed" + DEFAULT)
  private Duration outageAt;

  @Option(
      names = "--buffer-max",
      converter = MebibytesConverter.class,
      description = "the job's buffer.max-bytes, such as 4m; the stack's by default")
  private Long bufferMaxMib;

  @Option(names = "--csv", paramLabel = "<file>", description = "where the samples are written")
  private Path csv;

  @Option(names = "--plot", paramLabel = "<file>", description = "where they are drawn, as SVG")
  private Path plot;

  @Override
  public Integer call() {
    StackOptions options = flags.toOptions(spec);
    SoakOptions what = soakOptions();
    OwnStack own =
        new OwnStack(common.home(), common.path().resolve("soak"), Terminal.progress(spec));
    SoakReport report = own.with(options, stack -> new Soak(stack, what, own::tell).run());
    Optional.ofNullable(csv).ifPresent(report::writeCsv);
    Optional.ofNullable(plot).ifPresent(report::writePlot);
    Terminal.result(spec, "age of rows when they can be queried");
    Terminal.result(spec, report.histogram());
    Terminal.result(spec, report.result().summary());
    Terminal.result(spec, Json.line(report.result()));
    if (!report.result().clean()) {
      return 1;
    }
    own.deleteData();
    return 0;
  }

  private SoakOptions soakOptions() {
    try {
      return new SoakOptions(
          duration,
          recordsPerSecond,
          seed,
          sampleEvery,
          Optional.ofNullable(fullCollectionEvery),
          Optional.ofNullable(outage).map(length -> new Outage(outageAt, length)),
          bufferMaxMib == null ? OptionalLong.empty() : OptionalLong.of(bufferMaxMib * MIB));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
