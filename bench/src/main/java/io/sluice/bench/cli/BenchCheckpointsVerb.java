package io.sluice.bench.cli;

import io.sluice.bench.stack.CheckpointBench;
import io.sluice.bench.stack.CheckpointOptions;
import io.sluice.bench.stack.CheckpointResult;
import io.sluice.ops.Json;
import io.sluice.ops.cli.DurationConverter;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.cli.CommonOptions;
import io.sluice.sandbox.cli.DefaultsOf;
import io.sluice.sandbox.cli.MebibytesConverter;
import io.sluice.sandbox.cli.StackFlags;
import io.sluice.sandbox.config.StackOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
    defaultValueProvider = BenchCheckpointsVerb.Defaults.class)
final class BenchCheckpointsVerb implements Callable<Integer> {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";
  private static final long MIB = 1L << 20;

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

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private StackFlags flags;

  @Option(
      names = "--rows",
      defaultValue = "5000000",
      description = "that are buffered, some 23 bytes each" + DEFAULT)
  private long rows;

  @Option(
      names = "--hang",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = {
        "how long the request hangs at least, once the rows are buffered" + DEFAULT,
        "It hangs longer if --checkpoints need longer."
      })
  private Duration hang;

  @Option(
      names = "--checkpoints",
      defaultValue = "20",
      description = "how many are measured at least" + DEFAULT)
  private int checkpoints;

  @Option(
      names = "--buffer",
      defaultValue = "512m",
      converter = MebibytesConverter.class,
      description = "the job's buffer.max-bytes; a fifth of its heap at most" + DEFAULT)
  private long bufferMib;

  @Override
  public Integer call() {
    StackOptions stack = flags.toOptions(spec);
    CheckpointOptions options = options();
    CheckpointResult result =
        BenchRun.on(
            common,
            stack,
            Terminal.progress(spec),
            bench -> new CheckpointBench(bench, options).run());
    Terminal.result(spec, result.table());
    Terminal.result(spec, result.summary());
    Terminal.result(
        spec, "not audited: the rows were still in the buffer when the stack was ended");
    Terminal.result(spec, Json.line(result));
    return result.isPassed() ? 0 : 1;
  }

  private CheckpointOptions options() {
    try {
      return new CheckpointOptions(rows, hang, checkpoints, bufferMib * MIB);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
