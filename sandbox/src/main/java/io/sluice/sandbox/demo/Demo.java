package io.sluice.sandbox.demo;

import io.sluice.sandbox.SandboxException;
import io.sluice.sandbox.audit.AuditReport;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.produce.ProducedRun;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
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
  private final DemoOptions options;
  private final Consumer<String> progress;

  public Demo(Stack stack, DemoOptions options, Consumer<String> progress) {
    this.stack = stack;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs the demo to its end.
   *
   * @throws SandboxException if the job cannot be started, or Kafka refuses a record
   */
  public DemoResult run() {
    LogProducer producer =
        stack.newProducer(
            ProduceOptions.untilStopped(options.recordsPerSecond()).withSeed(options.seed()));
    CompletableFuture<ProducedRun> producing = CompletableFuture.supplyAsync(producer::run);
    try {
      progress.accept("submitting the job");
      String jobId = stack.submitJob().jobId();
      progress.accept("job " + jobId + " runs; " + stack.options().ports().flinkRestUrl());
      DemoWatch watch = new DemoWatch(stack, System.nanoTime());
      watchWhileProducing(producer, producing, watch);
      ProducedRun produced = endOf(producer, producing);
      progress.accept(
          "produced %,d; waiting for what is under way".formatted(produced.acknowledged()));
      drain(produced, watch);
      return audit(watch);
    } finally {
      producer.stop();
    }
  }

  private void watchWhileProducing(
      LogProducer producer, CompletableFuture<ProducedRun> producing, DemoWatch watch) {
    long endNanos = System.nanoTime() + options.duration().toNanos();
    for (int look = 0; System.nanoTime() < endNanos && !producing.isDone(); look++) {
      pause();
      lookAndTell(watch, look, producer.acknowledged());
    }
  }

  private static ProducedRun endOf(LogProducer producer, CompletableFuture<ProducedRun> producing) {
    producer.stop();
    try {
      return producing.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private void drain(ProducedRun produced, DemoWatch watch) {
    Duration patience = stack.options().window().multipliedBy(PATIENCE_WINDOWS).plus(PATIENCE_MORE);
    long lastRows = -1;
    long lastRiseNanos = System.nanoTime();
    for (int look = 0; Math.min(watch.rows(), watch.totals()) < produced.good(); look++) {
      if (watch.rows() > lastRows) {
        lastRows = watch.rows();
        lastRiseNanos = System.nanoTime();
      }
      if (System.nanoTime() - lastRiseNanos > patience.toNanos()) {
        progress.accept("no new rows for " + patience.toSeconds() + " s; auditing what is there");
        return;
      }
      pause();
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
    pause();
    watch.look();
    AuditReport report = stack.audit();
    DemoResult result = DemoResult.of(report, watch);
    progress.accept(
        "age of a record when ClickHouse has it: median %s s, 95%% under %s s, 99%% under %s s"
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
    return seconds == null ? "?" : seconds.toString();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      throw SandboxException.interrupted("waiting");
    }
  }
}
