package io.sluice.bench.soak;

import io.sluice.bench.ExperimentVerb;
import io.sluice.ops.Json;
import io.sluice.ops.cli.DurationConverter;
import io.sluice.sandbox.cli.MebibytesConverter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sluice soak}. */
@Command(
    name = "soak",
    description = {
      "Runs the job at a steady rate for a long time and looks whether what it takes stays flat.",
      "Starts a stack of its own in soak/ of the state folder and ends it afterwards. ClickHouse can"
          + " be away for a while; with a small buffer, for longer than the job can bear.",
      "The last line is JSON. Exits with 0 only if nothing is lost or there twice."
    })
public final class SoakVerb extends ExperimentVerb {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  @Option(
      names = "--duration",
      defaultValue = "60m",
      converter = DurationConverter.class,
      description = "how long records are produced" + DEFAULT)
  Duration duration;

  @Option(names = "--rate", defaultValue = "600", description = "records per second" + DEFAULT)
  double recordsPerSecond;

  @Option(names = "--seed", defaultValue = "1", description = "of the records" + DEFAULT)
  long seed;

  @Option(
      names = "--sample-every",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "the time between two samples" + DEFAULT)
  Duration sampleEvery;

  @Option(
      names = "--full-gc-every",
      converter = DurationConverter.class,
      description = {
        "collects the TaskManager's heap by force that often (needs a JDK's jcmd), so that its"
            + " floor is what is alive",
        "Without it, the floor is what the JVM's own collections leave."
      })
  Duration fullCollectionEvery;

  @Option(
      names = "--outage",
      converter = DurationConverter.class,
      description = "how long ClickHouse is away, killed with kill -9; not at all by default")
  Duration outage;

  @Option(
      names = "--outage-at",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = "when it is killed" + DEFAULT)
  Duration outageAt;

  @Option(
      names = "--buffer-max",
      converter = MebibytesConverter.class,
      description = "the job's buffer.max-bytes, such as 4m; the stack's by default")
  Long bufferMaxMib;

  @Option(names = "--csv", paramLabel = "<file>", description = "where the samples are written")
  private Path csv;

  @Option(names = "--plot", paramLabel = "<file>", description = "where they are drawn, as SVG")
  private Path plot;

  @Override
  public Integer call() {
    require("--duration", duration, SECOND, LONGEST);
    require("--rate", recordsPerSecond, 0.001, 1e6);
    require("--sample-every", sampleEvery, SECOND, LONGEST);
    require("--full-gc-every", fullCollectionEvery, SECOND, LONGEST);
    require("--buffer-max in MiB", bufferMaxMib, 1L, 1L << 20);
    if (outage != null) {
      require("--outage", outage, Duration.ofMillis(1), duration);
      require("the end of the outage", outageAt.plus(outage), outage, duration);
    }
    SoakReport report = onStack("soak", stackOptions(), bench -> new Soak(bench, this).run());
    write(csv, () -> Sample.csv(report.samples()));
    write(plot, () -> new SoakPlot(report.result(), report.samples()).svg());
    return end(
        report.result().clean(),
        "age of rows when they can be queried",
        report.histogram(),
        report.result().summary(),
        Json.line(report.result()));
  }

  /** When ClickHouse is away; null for never. */
  SoakResult.OutageSeconds outageSeconds() {
    return outage == null
        ? null
        : new SoakResult.OutageSeconds(outageAt.toMillis() / 1e3, outage.toMillis() / 1e3);
  }
}
