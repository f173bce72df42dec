package io.sluice.bench.soak;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.sandbox.Patience;
import io.sluice.sandbox.flink.JobRecord;
import io.sluice.sandbox.produce.Load;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
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
   * @throws OperatorException if a step fails; a loss is in the result
   */
  public SoakReport run() {
    JobRecord job =
        options.bufferMaxBytes().isPresent()
            ? stack.submitJob(
                "--buffer.max-bytes", Long.toString(options.bufferMaxBytes().getAsLong()))
            : stack.submitJob();
    progress.accept("job " + job.jobId() + " runs; " + stack.options().ports().flinkRestUrl());
    Timeline timeline = new Timeline(options.outage().map(Outage::startSeconds).orElse(0.0));
    try (SoakWatch watch =
        new SoakWatch(stack, job.jobId(), timeline, options.fullCollectionEvery().isPresent())) {
      startNanos = System.nanoTime();
      samples = new Every(options.sampleEvery());
      lines = new Every(PROGRESS);
      collections = new Every(options.fullCollectionEvery().orElse(Duration.ofDays(1)));
      ProducedRun produced = produceWhileWatching(watch);
      outage.end();
      progress.accept(
          "produced %,d; waiting for what is under way".formatted(produced.acknowledged()));
      drain(produced, watch);
      AuditReport audit = stack.audit();
      return new SoakReport(
          SoakResult.of(stack.options(), options, audit, watch, seconds()),
          watch.samples(),
          watch.ages().histogram());
    }
  }

  private ProducedRun produceWhileWatching(SoakWatch watch) {
    ProduceOptions what =
        ProduceOptions.untilStopped(options.recordsPerSecond()).withSeed(options.seed());
    try (Load load = Load.start(stack.newProducer(what))) {
      while (seconds() < options.duration().toMillis() / 1e3 && !load.hasEnded()) {
        outage.look(seconds());
        if (options.fullCollectionEvery().isPresent() && collections.isDue(seconds())) {
          watch.collect();
        }
        look(watch, load.acknowledged());
      }
      return load.end();
    }
  }

  private void drain(ProducedRun produced, SoakWatch watch) {
    Patience patience =
        new Patience(
            stack.options().window().multipliedBy(PATIENCE_WINDOWS).plus(PATIENCE_MORE),
            System::nanoTime);
    while (watch.rows() < produced.good()) {
      if (patience.isOver(watch.rows())) {
        progress.accept(
            "no new rows for %d s; auditing what is there"
                .formatted(patience.atMost().toSeconds()));
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
        progress.accept(sample.line());
      }
    }
    Pause.of(LOOK);
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
