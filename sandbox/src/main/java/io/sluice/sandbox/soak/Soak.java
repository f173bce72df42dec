package io.sluice.sandbox.soak;

import io.sluice.sandbox.SandboxException;
import io.sluice.sandbox.audit.AuditReport;
import io.sluice.sandbox.flink.JobRecord;
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
 * Produces records at a steady rate for a long time, with an outage of ClickHouse in between if
 * that is wanted, looks at everything meanwhile, waits until all is stored, and audits.
 */
public final class Soak {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PROGRESS = Duration.ofSeconds(30);

  /** Without a new row for this many windows, the rest does not come. */
  private static final int PATIENCE_WINDOWS = 3;

  private static final Duration PATIENCE_MORE = Duration.ofSeconds(30);

  private final Stack stack;
  private final SoakOptions options;
  private final Consumer<String> progress;
  private final OutageSwitch outage;

  private long startNanos;
  private Every samples;
  private Every lines;
  private Every collections;

  /**
   * @param stack with empty data
   * @param progress takes a line now and then
   */
  public Soak(Stack stack, SoakOptions options, Consumer<String> progress) {
    this.stack = stack;
    this.options = options;
    this.progress = progress;
    this.outage = new OutageSwitch(stack, options.outage(), progress);
  }

  /**
   * Blocks until all is stored, or nothing new is.
   *
   * @throws SandboxException if a step fails; a loss is in the result
   */
  public SoakReport run() {
    JobRecord job =
        options.bufferMaxBytes().isPresent()
            ? stack.submitJob(
                "--buffer.max-bytes", Long.toString(options.bufferMaxBytes().getAsLong()))
            : stack.submitJob();
    progress.accept("job " + job.jobId() + " runs; " + stack.options().ports().flinkRestUrl());
    LogProducer producer =
        stack.newProducer(
            ProduceOptions.untilStopped(options.recordsPerSecond()).withSeed(options.seed()));
    Timeline timeline = new Timeline(options.outage().map(Outage::startSeconds).orElse(0.0));
    try (SoakWatch watch =
        new SoakWatch(
            stack,
            job.jobId(),
            BufferLimit.of(stack.options(), job.arguments()),
            timeline,
            options.fullCollectionEvery().isPresent())) {
      startNanos = System.nanoTime();
      samples = new Every(options.sampleEvery());
      lines = new Every(PROGRESS);
      collections = new Every(options.fullCollectionEvery().orElse(Duration.ofDays(1)));
      CompletableFuture<ProducedRun> producing = CompletableFuture.supplyAsync(producer::run);
      whileProducing(producer, producing, watch);
      ProducedRun produced = endOf(producer, producing);
      outage.end();
      progress.accept(
          "produced %,d; waiting for what is under way".formatted(produced.acknowledged()));
      drain(produced, watch);
      AuditReport audit = stack.audit();
      return new SoakReport(
          SoakResult.of(stack.options(), options, audit, watch, seconds()),
          watch.samples(),
          watch.ages().histogram());
    } finally {
      producer.stop();
    }
  }

  private void whileProducing(
      LogProducer producer, CompletableFuture<ProducedRun> producing, SoakWatch watch) {
    while (seconds() < options.duration().toMillis() / 1e3 && !producing.isDone()) {
      outage.look(seconds());
      if (options.fullCollectionEvery().isPresent() && collections.isDue(seconds())) {
        watch.collect();
      }
      look(watch, producer.acknowledged());
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

  private void drain(ProducedRun produced, SoakWatch watch) {
    Duration patience = stack.options().window().multipliedBy(PATIENCE_WINDOWS).plus(PATIENCE_MORE);
    long lastRows = -1;
    double lastRise = seconds();
    while (watch.rows() < produced.good()) {
      if (watch.rows() > lastRows) {
        lastRows = watch.rows();
        lastRise = seconds();
      }
      if (seconds() - lastRise > patience.toMillis() / 1e3) {
        progress.accept("no new rows for " + patience.toSeconds() + " s; auditing what is there");
        return;
      }
      look(watch, produced.acknowledged());
    }
    // The counters of the last request are there a moment after its rows.
    look(watch, produced.acknowledged());
    look(watch, produced.acknowledged());
    watch.sample(seconds(), produced.acknowledged());
  }

  private void look(SoakWatch watch, long produced) {
    watch.look(seconds());
    if (samples.isDue(seconds())) {
      Sample sample = watch.sample(seconds(), produced);
      if (lines.isDue(seconds())) {
        progress.accept(ProgressLine.of(sample));
      }
    }
    pause();
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      throw SandboxException.interrupted("waiting");
    }
  }
}
