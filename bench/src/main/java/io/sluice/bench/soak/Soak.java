package io.sluice.bench.soak;

import io.sluice.bench.BenchStack;
import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.sandbox.produce.Load;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.util.List;

/**
 * Produces records at a steady rate for a long time, with an outage of ClickHouse in between if
 * that is wanted, looks at everything meanwhile, waits until all is stored, and audits.
 */
final class Soak {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PROGRESS = Duration.ofSeconds(30);
  private static final long MIB = 1L << 20;

  private final BenchStack bench;
  private final Stack stack;
  private final SoakVerb options;
  private final Outage outage;
  private final Every samples;
  private final Every lines = new Every(PROGRESS);

  /** Null without collections. */
  private final Every collections;

  private long startNanos;

  Soak(BenchStack bench, SoakVerb options) {
    this.bench = bench;
    this.stack = bench.stack();
    this.options = options;
    this.outage = new Outage(bench, options.outageSeconds());
    this.samples = new Every(options.sampleEvery);
    this.collections =
        options.fullCollectionEvery == null ? null : new Every(options.fullCollectionEvery);
  }

  /**
   * Blocks until all is stored, or nothing new is.
   *
   * @throws OperatorException if a step fails; a loss is in the result
   */
  SoakReport run() {
    List<String> settings =
        options.bufferMaxMib == null
            ? List.of()
            : List.of("--buffer.max-bytes", Long.toString(options.bufferMaxMib * MIB));
    String jobId = stack.submit(settings).jobId();
    bench.tell("job " + jobId + " runs; " + stack.options().ports().flinkRestUrl());
    SoakResult.OutageSeconds away = options.outageSeconds();
    Timeline timeline = new Timeline(away == null ? 0 : away.at());
    try (SoakWatch watch = new SoakWatch(stack, jobId, timeline, collections != null)) {
      startNanos = System.nanoTime();
      ProducedRun produced = produceWhileWatching(watch);
      outage.end();
      bench.tell("produced %,d; waiting for what is under way".formatted(produced.acknowledged()));
      bench.drain(
          watch::rows,
          () -> watch.rows() >= produced.good(),
          () -> look(watch, produced.acknowledged()));
      // The counters of the last request are there a moment after its rows.
      look(watch, produced.acknowledged());
      look(watch, produced.acknowledged());
      watch.keep(seconds(), produced.acknowledged());
      AuditReport audit = stack.audit();
      return new SoakReport(
          SoakResult.of(stack.options(), options, audit, watch, seconds()),
          watch.samples(),
          watch.ages.histogram());
    }
  }

  private ProducedRun produceWhileWatching(SoakWatch watch) {
    ProduceOptions what =
        ProduceOptions.untilStopped(options.recordsPerSecond).withSeed(options.seed);
    try (Load load = Load.start(stack.newProducer(what))) {
      while (seconds() < options.duration.toMillis() / 1e3 && !load.hasEnded()) {
        outage.look(seconds());
        if (collections != null && collections.isDue(seconds())) {
          watch.collect();
        }
        look(watch, load.acknowledged());
      }
      return load.end();
    }
  }

  private void look(SoakWatch watch, long produced) {
    watch.look(seconds());
    if (samples.isDue(seconds())) {
      Sample sample = watch.keep(seconds(), produced);
      if (lines.isDue(seconds())) {
        bench.tell(sample.line());
      }
    }
    Pause.of(LOOK);
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
