package io.sluice.bench.stack;

import io.sluice.ops.audit.ProducedRun;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.proxy.AccessLog;
import io.sluice.sandbox.stack.Stack;
import io.sluice.sandbox.stack.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A running stack, and what the benchmarks need of it beyond. */
public final class BenchStack {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Stack stack;
  private final StateFolder folder;
  private final Consumer<String> progress;

  /**
   * @param stack with empty data
   * @param dir its state folder
   * @param progress takes a line per step
   */
  public BenchStack(Stack stack, Path dir, Consumer<String> progress) {
    this.stack = stack;
    this.folder = new StateFolder(dir);
    this.progress = progress;
  }

  Stack stack() {
    return stack;
  }

  void tell(String line) {
    progress.accept(line);
  }

  /** The requests that the proxy answered, from its log. */
  List<AccessLog.Entry> requests() {
    return AccessLog.read(folder.proxyLog());
  }

  /** Produces records as fast as Kafka takes them, and returns how many it took a second. */
  double produce(long records) {
    tell("producing %,d records".formatted(records));
    LogProducer producer = stack.newProducer(ProduceOptions.records(records));
    long startNanos = System.nanoTime();
    ProducedRun run = producer.run();
    double perSecond = run.good() / ((System.nanoTime() - startNanos) / NANOS_PER_SECOND);
    tell("produced %,d, %,.0f records/s".formatted(run.good(), perSecond));
    return perSecond;
  }
}
