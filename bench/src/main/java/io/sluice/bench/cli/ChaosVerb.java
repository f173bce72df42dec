package io.sluice.bench.cli;

import io.sluice.bench.chaos.Campaign;
import io.sluice.bench.chaos.ChaosOptions;
import io.sluice.bench.chaos.ChaosReport;
import io.sluice.bench.chaos.ChaosResult;
import io.sluice.bench.chaos.Network;
import io.sluice.ops.Json;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.cli.CommonOptions;
import io.sluice.sandbox.cli.DefaultsOf;
import io.sluice.sandbox.cli.OwnStack;
import io.sluice.sandbox.cli.StackFlags;
import io.sluice.sandbox.config.StackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
final class ChaosVerb implements Callable<Integer> {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

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

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private StackFlags flags;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the faults and of the logs" + DEFAULT)
  private long seed;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      description = "each ends with an audit, and takes about a minute at 30r/m" + DEFAULT)
  private int rounds;

  @Option(names = "--faults", defaultValue = "6", description = "in each round" + DEFAULT)
  private int faults;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = {
        "records per second" + DEFAULT,
        "At 1r/m and 1 MiB a request, about 700 a second get through; take 500."
      })
  private double recordsPerSecond;

  @Option(
      names = "--report",
      paramLabel = "<file>",
      description = "takes the result after each round, for: chaos-report")
  private Path report;

  @Override
  public Integer call() {
    ChaosOptions options = options();
    StackOptions direct = flags.toOptions(spec);
    Path dir = common.path().resolve("chaos");
    OwnStack own = new OwnStack(common.home(), dir, Terminal.progress(spec));
    try (Network network = new Network(direct.ports())) {
      ChaosResult result =
          own.with(
              direct.withLinks(network.links()),
              stack -> new Campaign(stack, dir, network, options, own::tell).run(this::write));
      return tell(result);
    }
  }

  private int tell(ChaosResult result) {
    Terminal.result(spec, new ChaosReport(List.of(result)).faultTable());
    Terminal.result(spec, result.summary());
    Terminal.result(spec, Json.line(result));
    return result.isClean() ? 0 : 1;
  }

  private void write(ChaosResult soFar) {
    if (report != null) {
      Json.write(report, soFar);
    }
  }

  private ChaosOptions options() {
    try {
      return new ChaosOptions(seed, rounds, faults, recordsPerSecond);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
