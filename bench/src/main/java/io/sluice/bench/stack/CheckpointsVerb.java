package io.sluice.bench.stack;

import io.sluice.bench.ExperimentVerb;
import io.sluice.ops.Json;
import io.sluice.ops.cli.DurationConverter;
import io.sluice.sandbox.cli.DefaultsOf;
import io.sluice.sandbox.cli.MebibytesConverter;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sluice bench checkpoints}. */
@Command(
    name = "checkpoints",
    description = {
      "Measures checkpoints at 1r/m while all rows are buffered and a request hangs.",
      "Starts a stack of its own in bench/ of the state folder and ends it afterwards. The rows are"
          + " not waited for: at a MiB a minute they would take hours.",
      "The last line is JSON. Exits with 0 only if 95 %% of the checkpoints took less than a second,"
          + " with 90 %% of the rows buffered all the time."
    },
    defaultValueProvider = CheckpointsVerb.Defaults.class)
public final class CheckpointsVerb extends ExperimentVerb {
  /** Below the job's request timeout of 5 minutes: longer, and it would be another request. */
  private static final Duration LONGEST_HANG = Duration.ofMinutes(4);

  /** Room for the buffer, and Kafka keeps the rows until they are read. */
  static final class Defaults extends DefaultsOf {
    Defaults() {
      super(
          Map.of(
              "--kafka-retention", "1h",
              "--checkpoint-interval", "2s",
              "--taskmanager-memory", "4g"));
    }
  }

  @Option(
      names = "--rows",
      defaultValue = "5000000",
      description = "that are buffered, some 23 bytes each" + DEFAULT)
  long rows;

  @Option(
      names = "--hang",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = {
        "how long the request hangs at least, once the rows are buffered" + DEFAULT,
        "It hangs longer if --checkpoints need longer."
      })
  Duration hang;

  @Option(
      names = "--checkpoints",
      defaultValue = "20",
      description = "how many are measured at least" + DEFAULT)
  int checkpoints;

  @Option(
      names = "--buffer",
      defaultValue = "512m",
      converter = MebibytesConverter.class,
      description = "the job's buffer.max-bytes; a fifth of its heap at most" + DEFAULT)
  long bufferMib;

  @Override
  public Integer call() {
    require("--rows", rows, 1L, 100_000_000L);
    require("--hang", hang, Duration.ofMillis(1), LONGEST_HANG);
    require("--checkpoints", checkpoints, 1, 10_000);
    require("--buffer", bufferMib, 1L, 1L << 20);
    CheckpointResult result =
        onStack("bench", stackOptions(), bench -> new CheckpointBench(bench, this).run());
    return end(
        result.isPassed(),
        result.table(),
        result.summary(),
        "not audited: the rows were still in the buffer when the stack was ended",
        Json.line(result));
  }
}
