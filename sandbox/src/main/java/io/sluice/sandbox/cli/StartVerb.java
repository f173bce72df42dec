package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.process.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice start}. */
@Command(
    name = "start",
    description = {
      "Starts one service that was killed, on its data.",
      "With the jobmanager, the job comes back from its newest checkpoint."
    })
final class StartVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "<service>",
      converter = ServiceConverter.class,
      description = "kafka, clickhouse, proxy, jobmanager or taskmanager")
  private Service service;

  @Override
  public Integer call() {
    common.attach(spec).start(service);
    Terminal.result(spec, service + " started");
    return 0;
  }
}
