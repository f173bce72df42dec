package io.sluice.sandbox.cli;

import io.sluice.ops.Json;
import io.sluice.ops.cli.DurationConverter;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.demo.Demo;
import io.sluice.sandbox.demo.DemoResult;
import io.sluice.sandbox.produce.ProduceOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice demo}. */
@Command(
    name = "demo",
    description = {
      "Starts everything, runs the job on logs that are produced meanwhile, and audits.",
      "Begins with empty data: what an earlier stack left in the state folder is deleted.",
      "The last line is JSON. Exits with 0 only if nothing is lost or there twice."
    })
final class DemoVerb implements Callable<Integer> {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private StackFlags flags;

  @Option(
      names = "--duration",
      defaultValue = "3m",
      converter = DurationConverter.class,
      description = "how long logs are produced" + DEFAULT)
  private Duration duration;

  @Option(
      names = "--rate",
      defaultValue = "500",
      description = {
        "records per second" + DEFAULT,
        "At 1r/m and 1 MiB a request, about 700 a second get through for good."
      })
  private double recordsPerSecond;

  @Option(names = "--seed", defaultValue = "1", description = "of the logs" + DEFAULT)
  private long seed;

  @Option(names = "--keep", description = "leave everything running afterwards")
  private boolean keep;

  @Override
  public Integer call() {
    StackOptions options = flags.toOptions(spec);
    if (duration.isZero() || !(recordsPerSecond > 0)) {
      throw new ParameterException(spec.commandLine(), "--duration and --rate must be above 0");
    }
    ProduceOptions what = ProduceOptions.untilStopped(recordsPerSecond).withSeed(seed);
    OwnStack own = new OwnStack(common.home(), common.path(), Terminal.progress(spec));
    DemoResult result =
        own.with(
            options,
            stack -> {
              DemoResult end = new Demo(stack, duration, what, own::tell).run();
              if (keep) {
                own.keep();
                own.tell("everything goes on running; end it with: ./sluice down");
              }
              return end;
            });
    Terminal.result(spec, Json.line(result));
    return result.clean() ? 0 : 1;
  }
}
