package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.Json;
import io.sluice.ops.audit.Ledger;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.flink.CheckpointRecord;
import io.sluice.ops.metrics.JobMetrics;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.PausedProcess;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.produce.ProduceOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the fixture of the state format that this build writes: the savepoint that a real job is
 * stopped with while a request is under way, batches that were never sent are behind it, and rows
 * that no checkpoint has frozen yet. Not part of any test run; see the README beside the fixtures
 * for the command.
 */
class RecordSavepointFixture {
  /** So that runs of the fixture and those of tests that restore it do not meet. */
  private static final int RUNS_BEFORE = 100;

  private static final int STORED = 200;
  private static final int IN_FLIGHT = 300;
  private static final int WAITING = 4_000;
  private static final int OPEN = 40;
  private static final int READ = STORED + IN_FLIGHT + WAITING + OPEN;
  private static final long SMALLEST_REQUEST_BYTES = 64 << 10;

  @TempDir private Path dir;

  @Test
  void recordsWhatARealJobKeeps() throws Exception {
    Path folder = SavepointFixture.ALL.resolve(System.getProperty("sluice.fixture", "none-named"));
    assertThat(folder).as("fixtures are never replaced").doesNotExist();
    Json.write(dir.resolve("produced.json"), new Ledger(List.of(nothing())));
    try (Stack stack =
        Stack.start(
            dir,
            StackOptions.onFreePorts()
                .withKafkaRetention(Duration.ofMinutes(10))
                .withProxyRate("60r/m")
                .withProxyMaxBody(SMALLEST_REQUEST_BYTES + 1_024)
                .withCheckpointInterval(Duration.ofSeconds(8)))) {
      stack.submitJob();
      stack.produce(ProduceOptions.records(STORED));
      within(60).until(() -> stack.audit().isClean());
      PausedProcess paused = PausedProcess.pause(stack.process(Service.CLICKHOUSE));
      try {
        record(stack, folder);
      } finally {
        paused.close();
      }
      within(30).until(() -> rows(stack) > STORED);
      long applied = rows(stack) - STORED;
      assertThat(applied).isEqualTo(IN_FLIGHT);
      Ledger ledger = Ledger.read(dir.resolve("produced.json"));
      List<ProducedRun> unsent = ledger.runs().subList(2, ledger.runs().size());
      new SavepointFixture(endOffsets(stack), unsent, applied, topicId(stack)).write(folder);
    }
  }

  /** Ends with Flink dead, so that nothing but the request under way reaches ClickHouse later. */
  private static void record(Stack stack, Path folder) throws IOException {
    stack.produce(ProduceOptions.records(IN_FLIGHT));
    within(60).until(() -> metric(stack, m -> m.sum("frozenRows")) == IN_FLIGHT);
    long covered = checkpoints(stack);
    within(60).until(() -> checkpoints(stack) > covered);
    stack.produce(ProduceOptions.records(WAITING));
    within(60).until(() -> metric(stack, m -> m.sum("frozenRows")) == IN_FLIGHT + WAITING);
    stack.produce(ProduceOptions.records(OPEN));
    within(60).until(() -> metric(stack, JobMetrics::recordsRead) == READ);
    assertThat(metric(stack, m -> m.sum("openRows") + m.sum("unencodedRows")))
        .as("rows that no checkpoint has frozen; if there are none, run it again")
        .isEqualTo(OPEN);

    // A stop's, of which alone what it says of batches is believed.
    Path savepoint = Path.of(URI.create(stack.stopJob()));

    stack.kill(Service.TASKMANAGER);
    stack.kill(Service.JOBMANAGER);
    copy(savepoint, folder.resolve(SavepointFixture.SAVEPOINT));
  }

  private static ProducedRun nothing() {
    return new ProducedRun(RUNS_BEFORE, 1, 0, 0, 0, 0, List.of(), true, true, 0);
  }

  private static long metric(Stack stack, ToLongFunction<JobMetrics> value) {
    return stack.metrics().map(value::applyAsLong).orElse(-1L);
  }

  /** The number of the last completed checkpoint. */
  private static long checkpoints(Stack stack) {
    return stack.flink().checkpoints(stack.jobs().running().jobId()).stream()
        .filter(CheckpointRecord::isCompleted)
        .mapToLong(CheckpointRecord::id)
        .max()
        .orElse(0);
  }

  private static long rows(Stack stack) {
    return Long.parseLong(stack.sql("SELECT count() FROM logs.http_log"));
  }

  private static List<Long> endOffsets(Stack stack) throws Exception {
    try (Admin admin = admin(stack)) {
      List<Long> offsets = new ArrayList<>();
      for (int partition : IntStream.range(0, stack.options().partitions()).toArray()) {
        TopicPartition one = new TopicPartition(KafkaTopics.HTTP_LOG, partition);
        offsets.add(
            admin
                .listOffsets(Map.of(one, OffsetSpec.latest()))
                .partitionResult(one)
                .get()
                .offset());
      }
      assertThat(offsets.stream().mapToLong(Long::longValue).sum()).isEqualTo(READ);
      assertThat(offsets).filteredOn(offset -> offset > 0).hasSizeGreaterThan(1);
      return offsets;
    }
  }

  private static String topicId(Stack stack) throws Exception {
    try (Admin admin = admin(stack)) {
      return admin
          .describeTopics(List.of(KafkaTopics.HTTP_LOG))
          .topicNameValues()
          .get(KafkaTopics.HTTP_LOG)
          .get()
          .topicId()
          .toString();
    }
  }

  private static Admin admin(Stack stack) {
    return Admin.create(Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static ConditionFactory within(int seconds) {
    return await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(seconds));
  }
}
