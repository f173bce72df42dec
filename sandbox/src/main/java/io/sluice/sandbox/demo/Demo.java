package io.sluice.sandbox.demo;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.sandbox.Patience;
import io.sluice.sandbox.produce.Load;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Produces logs at a steady rate into a running stack, shows how they come through, waits until
 * they are all in ClickHouse, and audits.
 */
public final class Demo {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_PER_LINE = 3;

  /** Without a new row for this many windows, the rest does not come. */
  private static final int PATIENCE_WINDOWS = 3;

  private static final Duration PATIENCE_MORE = Duration.ofSeconds(30);

  private final Stack stack;
  private final Duration duration;
  private final ProduceOptions what;
  private final Consumer<String> progress;

  /**
   * @param duration how long logs are produced
   */
  public Demo(Stack stack, Duration duration, ProduceOptions what, Consumer<String> progress) {
    this.stack = stack;
    this.duration = duration;
    this.what = what;
    this.progress = progress;
  }

  /**
   * Runs the demo to its end.
   *
   * @throws OperatorException if the job cannot be started, or Kafka refuses a record
   */
  public DemoResult run() {
    try (Load load = Load.start(stack.newProducer(what))) {
      progress.accept("submitting the job");
      String jobId = stack.submitJob().jobId();
      progress.accept("job " + jobId + " runs; " + stack.options().ports().flinkRestUrl());
      DemoWatch watch = new DemoWatch(stack, System.nanoTime());
      watchWhileProducing(load, watch);
      ProducedRun produced = load.end();
      progress.accept(
          "produced %,d; waiting for what is under way".formatted(produced.acknowledged()));
      drain(produced, watch);
      return audit(watch);
    }
  }

  private void watchWhileProducing(Load load, DemoWatch watch) {
    long endNanos = System.nanoTime() + duration.toNanos();
    for (int look = 0; System.nanoTime() < endNanos && !load.hasEnded(); look++) {
      Pause.of(LOOK);
      lookAndTell(watch, look, load.acknowledged());
    }
  }

  private void drain(ProducedRun produced, DemoWatch watch) {
    Patience patience =
        new Patience(
            stack.options().window().multipliedBy(PATIENCE_WINDOWS).plus(PATIENCE_MORE),
            System::nanoTime);
    for (int look = 0; watch.rows() < produced.good(); look++) {
      if (patience.isOver(watch.rows())) {
        progress.accept(
            "no new rows for %d s; auditing what is there"
                .formatted(patience.atMost().toSeconds()));
        return;
      }
      Pause.of(LOOK);
      lookAndTell(watch, look, produced.acknowledged());
    }
  }

  private void lookAndTell(DemoWatch watch, int look, long produced) {
    boolean hadRows = watch.firstRowsSeconds() != null;
    watch.look();
    if (!hadRows && watch.firstRowsSeconds() != null) {
      progress.accept("first rows in http_log after " + watch.firstRowsSeconds() + " s");
    }
    if (look % LOOKS_PER_LINE == 0) {
      progress.accept(watch.describe(produced));
    }
  }

  private DemoResult audit(DemoWatch watch) {
    // The counters of the last request are there a moment after its rows.
    Pause.of(LOOK);
    watch.look();
    AuditReport report = stack.audit();
    DemoResult result = watch.result(report);
    progress.accept(
        "age of a record when ClickHouse has it: median %s, 95%% under %s, 99%% under %s"
            .formatted(
                known(result.latencyP50Seconds()),
                known(result.latencyP95Seconds()),
                known(result.latencyP99Seconds())));
    progress.accept(
        "audit: produced %,d, http_log %,d, totals %,d; lost %,d, duplicated %,d: %s"
            .formatted(
                report.produced(),
                report.stored(),
                report.totals(),
                report.lost(),
                report.duplicated(),
                report.isClean() ? "every record is there exactly once" : "NOT CLEAN"));
    return result;
  }

  private static String known(Double seconds) {
    return seconds == null ? "?" : seconds + " s";
  }
}
