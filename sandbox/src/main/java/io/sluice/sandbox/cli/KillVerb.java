package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.process.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice kill}. */
@Command(name = "kill", description = "Ends one service with kill -9.")
final class KillVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "<service>",
      converter = ServiceConverter.class,
      description = "kafka, clickhouse, proxy, jobmanager or taskmanager")
  private Service service;

  @Override
  public Integer call() {
    common.attach(spec).kill(service);
    Terminal.result(spec, service + " killed");
    return 0;
  }
}
