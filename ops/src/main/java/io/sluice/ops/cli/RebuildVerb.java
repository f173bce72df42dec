package io.sluice.ops.cli;

import io.sluice.ops.Pause;
import io.sluice.ops.rebuild.Rebuild;
import io.sluice.ops.rebuild.RebuildReport;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rebuild",
    description = {
      "Rebuilds a table of totals from http_log while rows keep arriving.",
      "At the end inserts are held off for some seconds; the job keeps what it reads. Whatever ends"
          + " this command early, it can be run again. Days that http_log no longer has stay as they"
          + " are. One at a time per server."
    })
public final class RebuildVerb extends Verb {
  private static final Duration CANCELLED_WITHIN = Duration.ofMinutes(2);

  @Mixin private ClickHouseOptions clickHouse;
  @Mixin private JobOptions job;

  @Parameters(paramLabel = "<table>", description = "such as http_log_network_hour")
  private String table;

  @Option(
      names = "--since",
      paramLabel = "<date>",
      description = "touch no earlier day (default: all that http_log has)")
  private LocalDate since;

  @Option(
      names = "--no-job",
      description = "nothing writes, and nothing that did has a request of unknown fate")
  private boolean noJob;

  @Option(
      names = "--doubt-within",
      paramLabel = "<time>",
      defaultValue = "60s",
      description = {
        "how long inserts are held off for the job to have no request of unknown fate, before they"
            + " are let pass and it is tried again; more than a checkpoint takes"
      })
  private Duration doubtWithin;

  @Override
  public Integer call() {
    Rebuild.Options options =
        checked(() -> new Rebuild.Options(table, Optional.ofNullable(since), doubtWithin));
    Supplier<OptionalLong> requestsInDoubt =
        noJob ? () -> OptionalLong.of(0) : job.job(spec, deployment)::requestsInDoubt;
    Rebuild rebuild =
        new Rebuild(clickHouse.server(spec, deployment), requestsInDoubt, options, progress());
    RebuildReport report = deployment.alone(spec, "rebuild", () -> cancellable(rebuild));
    say(report.toString());
    return 0;
  }

  /** Ctrl-C waits for the statement that runs, and for inserts to pass again. */
  private static RebuildReport cancellable(Rebuild rebuild) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              rebuild.cancel();
              if (!Pause.until(ended, CANCELLED_WITHIN)) {
                System.err.println(Rebuild.leftBehind());
              }
            },
            "sluice-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return rebuild.run();
    } finally {
      ended.countDown();
    }
  }
}
