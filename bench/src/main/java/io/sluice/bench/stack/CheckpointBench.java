package io.sluice.bench.stack;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.metrics.JobMetrics;
import io.sluice.sandbox.process.PausedProcess;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a checkpoint's duration depends on window or request: the proxy admits one request a
 * minute, ClickHouse is stopped in the middle of the first, and all rows are in the job's buffer.
 *
 * <p>The rows are in Kafka and ClickHouse is stopped before the job starts, so its first request
 * hangs from its first checkpoint on, while the buffer fills.
 */
public final class CheckpointBench {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration FILL_WITHIN = Duration.ofMinutes(5);
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);
  private static final Duration PER_CHECKPOINT = Duration.ofSeconds(10);
  private static final int LOOKS_PER_LINE = 20;

  private final BenchStack bench;
  private final Stack stack;
  private final CheckpointOptions options;

  /**
   * @param bench a stack with empty data, whose proxy admits few requests
   */
  public CheckpointBench(BenchStack bench, CheckpointOptions options) {
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
  public CheckpointResult run() {
    bench.produce(options.rows());
    CheckpointWatch watch;
    BufferReading buffered;
    try (PausedProcess hanging = PausedProcess.pause(stack.process(Service.CLICKHOUSE))) {
      bench.tell(
          "ClickHouse is stopped (SIGSTOP, pid %d); starting the job".formatted(hanging.pid()));
      String jobId =
          stack.submitJob("--buffer.max-bytes", Long.toString(options.bufferMaxBytes())).jobId();
      BufferReading first = awaitBuffered();
      bench.tell("buffered %,d rows, %,d bytes".formatted(first.rows(), first.bytes()));
      watch = new CheckpointWatch(Instant.now());
      buffered = collect(jobId, watch, first);
    }
    bench.tell("ClickHouse goes on");
    HungRequest request = awaitAnswer();
    return CheckpointResult.of(
        options.rows(),
        buffered,
        request,
        options.hang().toMillis() / 1e3,
        watch.completed(),
        watch.failed());
  }

  private BufferReading awaitBuffered() {
    long deadlineNanos = System.nanoTime() + FILL_WITHIN.toNanos();
    while (true) {
      BufferReading now =
          stack.metrics().map(BufferReading::of).orElseGet(() -> new BufferReading(0, 0));
      if (now.rows() >= options.rows() * CheckpointResult.BUFFERED_SHARE) {
        return now;
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw OperatorException.failed(
            ("only %,d of %,d rows are buffered after %d minutes; is the buffer, %,d bytes, or a"
                    + " fifth of the TaskManager's heap too small?")
                .formatted(
                    now.rows(), options.rows(), FILL_WITHIN.toMinutes(), options.bufferMaxBytes()));
      }
      Pause.of(LOOK);
    }
  }

  /**
   * Watches while the request hangs, and until enough checkpoints have completed.
   *
   * @return the least that was buffered
   */
  private BufferReading collect(String jobId, CheckpointWatch watch, BufferReading first) {
    BufferReading least = first;
    long startNanos = System.nanoTime();
    Duration interval = Duration.ofMillis(stack.options().checkpointIntervalMillis());
    Duration atMost =
        options.hang().plus(interval.plus(PER_CHECKPOINT).multipliedBy(options.checkpoints()));
    for (int look = 0; ; look++) {
      watch.look(stack.flink().checkpoints(jobId));
      least = stack.metrics().map(BufferReading::of).map(least::least).orElse(least);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
      if (elapsed.compareTo(options.hang()) >= 0
          && watch.completed().size() >= options.checkpoints()) {
        return least;
      }
      if (elapsed.compareTo(atMost) > 0) {
        throw OperatorException.failed(
            "only %d checkpoints completed, %d failed, in %d s"
                .formatted(watch.completed().size(), watch.failed(), atMost.toSeconds()));
      }
      if (look % LOOKS_PER_LINE == 0) {
        bench.tell("checkpoints so far: " + watch.completed().size());
      }
      Pause.of(LOOK);
    }
  }

  private HungRequest awaitAnswer() {
    long deadlineNanos = System.nanoTime() + ANSWER_WITHIN.toNanos();
    Optional<HungRequest> answered = HungRequest.in(bench.requests());
    while (answered.isEmpty()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw OperatorException.failed("the request that hung was not answered afterwards");
      }
      Pause.of(LOOK);
      answered = HungRequest.in(bench.requests());
    }
    return answered.get();
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
