package io.sluice.bench.stack;

import io.sluice.bench.BenchStack;
import io.sluice.ops.OperatorException;
import io.sluice.ops.metrics.JobMetrics;
import io.sluice.sandbox.process.PausedProcess;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.proxy.AccessLog;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a checkpoint's duration depends on window or request: the proxy admits one request a
 * minute, ClickHouse is stopped in the middle of the first, and all rows are in the job's buffer.
 *
 * <p>The rows are in Kafka and ClickHouse is stopped before the job starts, so its first request
 * hangs from its first checkpoint on, while the buffer fills.
 */
final class CheckpointBench {
  private static final Duration FILL_WITHIN = Duration.ofMinutes(5);
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);
  private static final Duration PER_CHECKPOINT = Duration.ofSeconds(10);
  private static final long MIB = 1L << 20;

  private final BenchStack bench;
  private final Stack stack;
  private final CheckpointsVerb options;
  private BufferReading least;

  /**
   * @param bench a stack with empty data, whose proxy admits few requests
   */
  CheckpointBench(BenchStack bench, CheckpointsVerb options) {
    this.bench = bench;
    this.stack = bench.stack();
    this.options = options;
  }

  /**
   * Blocks until enough checkpoints were seen and the request was answered. The rows stay where
   * they are.
   *
   * @throws OperatorException if the buffer does not fill, or checkpoints do not come
   */
  CheckpointResult run() {
    PipelineBench.produce(bench, options.rows);
    CheckpointWatch watch;
    try (PausedProcess hanging = PausedProcess.pause(stack.process(Service.CLICKHOUSE))) {
      bench.tell(
          "ClickHouse is stopped (SIGSTOP, pid %d); starting the job".formatted(hanging.pid()));
      String jobId =
          stack.submitJob("--buffer.max-bytes", Long.toString(options.bufferMib * MIB)).jobId();
      awaitBuffered();
      bench.tell("buffered %,d rows, %,d bytes".formatted(least.rows(), least.bytes()));
      watch = new CheckpointWatch(Instant.now());
      collect(jobId, watch);
    }
    bench.tell("ClickHouse goes on");
    AccessLog.Entry request =
        BenchStack.await(
            ANSWER_WITHIN,
            () -> hung(bench.requests()),
            () -> "the request that hung was not answered afterwards");
    return CheckpointResult.of(
        options.rows,
        least,
        request,
        options.hang.toMillis() / 1e3,
        watch.completed(),
        watch.failed());
  }

  private void awaitBuffered() {
    least = new BufferReading(0, 0);
    BenchStack.await(
        FILL_WITHIN,
        () -> {
          least = stack.metrics().map(BufferReading::of).orElse(least);
          return Optional.of(least)
              .filter(now -> now.rows() >= options.rows * CheckpointResult.BUFFERED_SHARE);
        },
        () ->
            ("only %,d of %,d rows are buffered after %d minutes; is the buffer, %,d MiB, or a"
                    + " fifth of the TaskManager's heap too small?")
                .formatted(least.rows(), options.rows, FILL_WITHIN.toMinutes(), options.bufferMib));
  }

  /** Watches while the request hangs, and until enough checkpoints have completed. */
  private void collect(String jobId, CheckpointWatch watch) {
    Duration interval = Duration.ofMillis(stack.options().checkpointIntervalMillis());
    Duration atMost =
        options.hang.plus(interval.plus(PER_CHECKPOINT).multipliedBy(options.checkpoints));
    long hungNanos = System.nanoTime() + options.hang.toNanos();
    BenchStack.await(
        atMost,
        () -> {
          watch.look(stack.flink().checkpoints(jobId));
          least = stack.metrics().map(BufferReading::of).map(least::least).orElse(least);
          return Optional.of(watch.completed().size())
              .filter(completed -> completed >= options.checkpoints)
              .filter(completed -> System.nanoTime() - hungNanos >= 0);
        },
        () ->
            "only %d checkpoints completed, %d failed, in %d s"
                .formatted(watch.completed().size(), watch.failed(), atMost.toSeconds()));
  }

  /** The longest request that was accepted; empty if there is none yet. */
  static Optional<AccessLog.Entry> hung(List<AccessLog.Entry> answered) {
    return answered.stream()
        .filter(request -> request.status() == 200)
        .max(Comparator.comparingLong(AccessLog.Entry::durationMilli));
  }

  /**
   * What the job held at a moment.
   *
   * @param rows open and frozen
   * @param bytes of them, compressed
   */
  record BufferReading(long rows, long bytes) {
    static BufferReading of(JobMetrics metrics) {
      return new BufferReading(
          metrics.sum("openRows") + metrics.sum("frozenRows"),
          metrics.sum("openBytes") + metrics.sum("frozenBytes"));
    }

    /** The one with fewer rows. */
    BufferReading least(BufferReading other) {
      return other.rows < rows ? other : this;
    }
  }
}
