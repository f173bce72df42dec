package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sluice.bench.BenchStack;
import io.sluice.bench.ProcessCpu;
import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.sandbox.flink.JobRecord;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.proxy.AccessLog;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the job once, bounded, over all records in the topic, and measures it. The metrics are
 * looked at four times a second; the idle baseline is taken under the same looks, so that they are
 * not charged to the job.
 */
final class JobRun {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LEAST_RECORDS_PER_SECOND = 10_000;
  private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");

  private final BenchStack bench;
  private final Stack stack;
  private final long records;

  JobRun(BenchStack bench, long records) {
    this.bench = bench;
    this.stack = bench.stack();
    this.records = records;
  }

  /**
   * Blocks until the job is FINISHED.
   *
   * @param group a consumer group that has read nothing yet
   * @throws OperatorException if the job ends otherwise, or not in time
   */
  JobReading run(String group) {
    ProcessCpu taskManager = new ProcessCpu(stack.process(Service.TASKMANAGER));
    ProcessCpu clickHouse = new ProcessCpu(stack.process(Service.CLICKHOUSE));
    takeIdle(taskManager, clickHouse);
    int requestsBefore = bench.requests().size();

    taskManager.start();
    clickHouse.start();
    JobRecord job = stack.submitJob("--kafka.bounded", "true", "--kafka.group", group);
    Double reading = awaitFinished(job.jobId());
    double taskManagerSeconds = taskManager.seconds();
    double clickHouseSeconds = clickHouse.seconds();

    List<AccessLog.Entry> answered = bench.requests();
    List<AccessLog.Entry> accepted =
        answered.subList(requestsBefore, answered.size()).stream()
            .filter(request -> request.status() == 200)
            .toList();
    long running = reached(job, "RUNNING").toEpochMilli();
    long finished = reached(job, "FINISHED").toEpochMilli();
    long stored =
        accepted.stream().mapToLong(AccessLog.Entry::endEpochMilli).max().orElse(finished);
    return new JobReading(
        records,
        (finished - running) / 1e3,
        (stored - running) / 1e3,
        reading,
        accepted.size(),
        accepted.stream().mapToLong(AccessLog.Entry::requestBytes).sum(),
        taskManagerSeconds,
        clickHouseSeconds);
  }

  private void takeIdle(ProcessCpu taskManager, ProcessCpu clickHouse) {
    taskManager.start();
    clickHouse.start();
    long endNanos = System.nanoTime() + IDLE.toNanos();
    while (System.nanoTime() - endNanos < 0) {
      stack.metrics();
      Pause.of(LOOK);
    }
    taskManager.takeAsIdle();
    clickHouse.takeAsIdle();
    bench.tell(
        "idle: TaskManager %.3f cores, ClickHouse %.3f cores"
            .formatted(taskManager.idleCores(), clickHouse.idleCores()));
  }

  private Double awaitFinished(String jobId) {
    Duration atMost = PATIENCE.plusSeconds(records / LEAST_RECORDS_PER_SECOND);
    ReadingPace pace = new ReadingPace(records);
    String state =
        BenchStack.await(
            atMost,
            () -> {
              stack.metrics().ifPresent(now -> pace.look(System.nanoTime(), now.recordsRead()));
              return Optional.of(stack.flink().jobStatus(jobId).state()).filter(ENDED::contains);
            },
            () -> "the job still runs after " + atMost.toMinutes() + " minutes");
    if (!state.equals("FINISHED")) {
      throw OperatorException.failed("the job is " + state);
    }
    return pace.recordsPerSecond();
  }

  private Instant reached(JobRecord job, String state) {
    return stack
        .flink()
        .reached(job.jobId(), state)
        .orElseThrow(
            () -> OperatorException.failed("flink does not know when the job was " + state));
  }

  /**
   * How the job carried the records through.
   *
   * @param runningToFinishedSeconds from Flink's RUNNING to its FINISHED: deployment, reading, the
   *     last checkpoint, the last request, the end
   * @param runningToStoredSeconds from RUNNING to the proxy's end of the last accepted request
   * @param readingRecordsPerSecond see {@link ReadingPace}; null if it read too fast to be seen
   * @param requests accepted by the proxy
   * @param wireBytes of them, headers included
   * @param taskManagerCpuSeconds from before the submission to FINISHED, less the idle baseline
   * @param clickHouseCpuSeconds the same of ClickHouse; merges that come later are not in it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record JobReading(
      long records,
      double runningToFinishedSeconds,
      double runningToStoredSeconds,
      Double readingRecordsPerSecond,
      long requests,
      long wireBytes,
      double taskManagerCpuSeconds,
      double clickHouseCpuSeconds) {
    double recordsPerSecond() {
      return records / runningToFinishedSeconds;
    }

    double storedRecordsPerSecond() {
      return records / runningToStoredSeconds;
    }

    double taskManagerCpuSecondsPerMillion() {
      return taskManagerCpuSeconds / (records / 1e6);
    }

    double clickHouseCpuSecondsPerMillion() {
      return clickHouseCpuSeconds / (records / 1e6);
    }

    double wireBytesPerRow() {
      return wireBytes / (double) records;
    }
  }
}
