package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.Json;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.Ledger;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.produce.ForgottenMessages;
import io.sluice.sandbox.produce.ProduceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What any released version saved, the job of this build goes on with; on real processes. */
class SavepointFixtureIT {
  private static final int NEW_RECORDS = 1_000;

  @TempDir private Path dir;

  static List<Path> fixtures() {
    return SavepointFixture.folders();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void sendsWhatWasUnsentOverTwoLanesAndRepeatsItOnOneWithoutADouble(Path folder) throws Exception {
    try (Stack stack = stackWithTheTopicOf(SavepointFixture.read(folder))) {
      Path savepoint = savepointOf(stack, folder);
      String proxy = stack.options().ports().proxyUrl();
      resume(
          stack,
          savepoint,
          "--clickhouse.endpoints",
          proxy + "," + proxy.replace("127.0.0.1", "localhost"));
      assertThat(awaitEveryRecordOnce(stack).stored()).isEqualTo(unsentIn(folder));

      // Once more from the same state: now each of its batches has been applied before.
      cancel(stack);
      resume(stack, savepoint);
      stack.produce(ProduceOptions.records(NEW_RECORDS));

      AuditReport report = awaitEveryRecordOnce(stack);
      assertThat(report.stored()).isEqualTo(unsentIn(folder) + NEW_RECORDS);
    }
  }

  /** A new stack whose ledger knows the unsent records, and nothing of those before the offsets. */
  private Stack stackWithTheTopicOf(SavepointFixture fixture) {
    Json.write(dir.resolve("produced.json"), new Ledger(fixture.unsent()));
    Stack stack = Stack.start(dir, StackWithJob.options("300r/m"));
    ForgottenMessages.fill(
        stack.options().ports().kafkaBrokers(), KafkaTopics.HTTP_LOG, fixture.offsets());
    return stack;
  }

  private Path savepointOf(Stack stack, Path folder) throws Exception {
    Path savepoint = dir.resolve("savepoint-of-a-release");
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()))) {
      Uuid topic =
          admin
              .describeTopics(List.of(KafkaTopics.HTTP_LOG))
              .topicNameValues()
              .get(KafkaTopics.HTTP_LOG)
              .get()
              .topicId();
      SavepointFixture.read(folder).copySavepoint(folder, savepoint, topic);
    }
    return savepoint;
  }

  private static void resume(Stack stack, Path savepoint, String... more) {
    stack
        .jobs()
        .submit(JobArguments.of(stack.options(), List.of(more)), Optional.of(savepoint.toString()));
  }

  private static void cancel(Stack stack) {
    stack.flink().cancel(stack.jobs().running().jobId());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stack.jobs().state().orElse("").equals("CANCELED"));
  }

  /** Waits until nothing is left to send, so that what comes twice has come. */
  private static AuditReport awaitEveryRecordOnce(Stack stack) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> stack.audit().lost() == 0 && nothingUnsent(stack));
    AuditReport report = stack.audit();
    assertThat(report.isClean()).as(report.toString()).isTrue();
    return report;
  }

  private static boolean nothingUnsent(Stack stack) {
    return stack
        .metrics()
        .filter(
            job ->
                job.sum("openRows") + job.sum("frozenRows") + job.sum("unencodedRows") == 0
                    && job.sum("requestsAccepted") > 0)
        .isPresent();
  }

  private static long unsentIn(Path folder) {
    return SavepointFixture.read(folder).unsent().stream().mapToLong(ProducedRun::good).sum();
  }
}
