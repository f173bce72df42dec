package io.sluice.bench.cli;

import io.sluice.bench.stack.PipelineBench;
import io.sluice.bench.stack.PipelineOptions;
import io.sluice.bench.stack.PipelineResult;
import io.sluice.ops.Json;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.cli.CommonOptions;
import io.sluice.sandbox.cli.DefaultsOf;
import io.sluice.sandbox.cli.StackFlags;
import io.sluice.sandbox.config.StackOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice bench pipeline}. */
@Command(
    name = "pipeline",
    description = {
      "Reads the same records with a bare Kafka consumer and with the whole pipeline, in turns.",
      "Starts a stack of its own in bench/ of the state folder and ends it afterwards.",
      "The last line is JSON. Exits with 0 only if every round stored every record once."
    },
    defaultValueProvider = BenchPipelineVerb.Defaults.class)
final class BenchPipelineVerb implements Callable<Integer> {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  /** A proxy that is not in the way: what is measured is the pipeline. */
  static final class Defaults extends DefaultsOf {
    Defaults() {
      super(
          Map.of(
              "--kafka-retention", "1h",
              "--proxy-rate", "6000r/m",
              "--proxy-max-body", Integer.toString(64 << 20)));
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private StackFlags flags;

  @Option(
      names = "--records",
      defaultValue = "10000000",
      description = "in Kafka, some 200 bytes each" + DEFAULT)
  private long records;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "of bare consumer and job" + DEFAULT)
  private int rounds;

  @Override
  public Integer call() {
    StackOptions stack = flags.toOptions(spec);
    PipelineOptions options = options();
    PipelineResult result =
        BenchRun.on(
            common,
            stack,
            Terminal.progress(spec),
            bench -> new PipelineBench(bench, options).run());
    Terminal.result(spec, result.table());
    Terminal.result(spec, result.summary());
    Terminal.result(spec, Json.line(result));
    return result.correct() ? 0 : 1;
  }

  private PipelineOptions options() {
    try {
      return new PipelineOptions(records, rounds);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
