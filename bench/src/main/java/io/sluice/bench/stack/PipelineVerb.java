package io.sluice.bench.stack;

import io.sluice.bench.ExperimentVerb;
import io.sluice.ops.Json;
import io.sluice.sandbox.cli.DefaultsOf;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sluice bench pipeline}. */
@Command(
    name = "pipeline",
    description = {
      "Reads the same records with a bare Kafka consumer and with the whole pipeline, in turns.",
      "Starts a stack of its own in bench/ of the state folder and ends it afterwards.",
      "The last line is JSON. Exits with 0 only if every round stored every record once."
    },
    defaultValueProvider = PipelineVerb.Defaults.class)
public final class PipelineVerb extends ExperimentVerb {
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
    require("--records", records, 1L, 1_000_000_000L);
    require("--rounds", rounds, 1, 100);
    PipelineResult result =
        onStack("bench", stackOptions(), bench -> new PipelineBench(bench, records, rounds).run());
    return end(result.correct(), result.table(), result.summary(), Json.line(result));
  }
}
