package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.flink.JobRecord;
import io.sluice.sandbox.stack.ServiceStatus;
import io.sluice.sandbox.stack.Stack;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice status}. */
@Command(
    name = "status",
    description = "Shows every service and the job. Exits with 3 unless all services are ready.")
final class StatusVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Stack stack = common.attach(spec);
    List<ServiceStatus> services = stack.status();
    for (ServiceStatus one : services) {
      Terminal.result(
          spec,
          "%-12s %-14s %-12s ports %s"
              .formatted(
                  one.service(),
                  one.describe(),
                  one.pid() == 0 ? "" : "pid " + one.pid(),
                  one.ports()));
    }
    String job =
        stack.jobs().last().map(JobRecord::jobId).map(id -> " " + id).orElse(" (never submitted)");
    Terminal.result(spec, "%-12s %s%s".formatted("job", stack.jobs().state().orElse("none"), job));
    return services.stream().allMatch(ServiceStatus::ready) ? 0 : 3;
  }
}
