package io.sluice.bench.chaos;

import io.sluice.bench.ExperimentVerb;
import io.sluice.ops.Json;
import io.sluice.sandbox.cli.DefaultsOf;
import io.sluice.sandbox.config.StackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sluice chaos}. */
@Command(
    name = "chaos",
    description = {
      "Produces logs and meanwhile kills, pauses and cuts off everything in turn; then audits.",
      "Processes die by kill -9. Between them stands a network that cuts, resets, delays",
      "and stalls connections and loses answers. The job is stopped, rescaled, resumed.",
      "A seed gives the same faults in the same order; the machine decides what they hit.",
      "Starts a stack of its own in chaos/ of the state folder and ends it afterwards.",
      "The last line is JSON. Exits with 0 only if every audit found every record once."
    },
    defaultValueProvider = ChaosVerb.Defaults.class)
public final class ChaosVerb extends ExperimentVerb {
  /** Short windows, so that many requests are there to be hit. */
  static final class Defaults extends DefaultsOf {
    Defaults() {
      super(
          Map.of(
              "--kafka-retention", "15m",
              "--proxy-rate", "30r/m",
              "--checkpoint-interval", "1s"));
    }
  }

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the faults and of the logs" + DEFAULT)
  long seed;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      description = "each ends with an audit, and takes about a minute at 30r/m" + DEFAULT)
  int rounds;

  @Option(names = "--faults", defaultValue = "6", description = "in each round" + DEFAULT)
  int faultsPerRound;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = {
        "records per second" + DEFAULT,
        "At 1r/m and 1 MiB a request, about 700 a second get through; take 500."
      })
  double recordsPerSecond;

  @Option(
      names = "--report",
      paramLabel = "<file>",
      description = "takes the result after each round, for: chaos-report")
  private Path report;

  @Override
  public Integer call() {
    require("--rounds", rounds, 1, 1_000_000);
    require("--faults", faultsPerRound, 1, 1_000);
    require("--rate", recordsPerSecond, 0.001, 1e6);
    StackOptions direct = stackOptions();
    try (Network network = new Network(direct.ports())) {
      ChaosResult result =
          onStack(
              "chaos",
              direct.withLinks(network.links()),
              bench -> new Campaign(bench, network, this).run(this::write));
      return end(
          result.isClean(),
          new ChaosReport(List.of(result)).faultTable(),
          result.summary(),
          Json.line(result));
    }
  }

  private void write(ChaosResult soFar) {
    if (report != null) {
      Json.write(report, soFar);
    }
  }
}
