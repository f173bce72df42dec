package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.metrics.JobMetrics;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.PausedProcess;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.produce.ProduceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise, on real processes: whatever is killed, and whenever, each record is in the table and
 * in the totals exactly once. Windows are short here; the rules do not depend on their length.
 */
class ExactlyOnceIT {
  private static final String RATE = "60r/m";
  private static final double RECORDS_PER_SECOND = 2_000;

  @TempDir static Path dir;
  private static Stack stack;

  private LogStream logs;

  @BeforeAll
  static void start() {
    stack = StackWithJob.start(dir, RATE);
  }

  @AfterAll
  static void end() {
    stack.close();
  }

  @BeforeEach
  void produce() {
    logs = new LogStream(stack, RECORDS_PER_SECOND);
    logs.waitForARequest();
  }

  /** Every test ends with all of it stored once, and with a job that still runs. */
  @AfterEach
  void everyRecordIsStoredOnce() throws Exception {
    assertThat(logs.stop().good()).isPositive();
    within(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              AuditReport report = stack.audit();
              assertThat(report.lost()).as("lost of %s", report).isZero();
              assertThat(report.totals()).as("totals of %s", report).isEqualTo(report.stored());
            });
    AuditReport report = stack.audit();
    assertThat(report.duplicated()).as("duplicated of %s", report).isZero();
    assertThat(report.isClean()).as(report.toString()).isTrue();
  }

  @Test
  void aTaskManagerKilledBetweenTwoWindows() {
    restart(Service.TASKMANAGER);
  }

  @Test
  void aTaskManagerKilledDuringARequest() throws Exception {
    // ClickHouse stands still, so that a request is under way for sure when the TaskManager dies.
    whileClickHouseStandsStill(
        () -> {
          within(Duration.ofSeconds(30)).until(() -> frozenRows() > 3 * RECORDS_PER_SECOND);
          restart(Service.TASKMANAGER);
        });
  }

  @Test
  void aTaskManagerKilledRightAfterClickHouseAnswered() {
    long before = logs.storedRows();
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(() -> logs.storedRows() > before);
    restart(Service.TASKMANAGER);
  }

  @Test
  void aJobManagerKilled() {
    restart(Service.JOBMANAGER);
  }

  @Test
  void clickHouseAwayForThreeWindows() throws Exception {
    stack.kill(Service.CLICKHOUSE);
    waitForWindows(3);
    stack.start(Service.CLICKHOUSE);
  }

  @Test
  void clickHouseHangingForThreeWindows() throws Exception {
    whileClickHouseStandsStill(() -> waitForWindows(3));
  }

  @Test
  void theProxyAwayForThreeWindows() throws Exception {
    stack.kill(Service.PROXY);
    waitForWindows(3);
    stack.start(Service.PROXY);
  }

  @Test
  void kafkaKilled() {
    restart(Service.KAFKA);
  }

  @Test
  void aJobStoppedWithASavepointAndResumed() {
    stack.stopJob();
    stack.resumeJob(Optional.empty(), List.of());
  }

  @Test
  void messagesThatCannotBeDecodedGoToTheDeadLetters() throws Exception {
    long before = messages(KafkaTopics.DEAD_LETTERS);

    stack.produce(ProduceOptions.records(1_000).withMalformed(50));

    within(Duration.ofSeconds(30)).until(() -> messages(KafkaTopics.DEAD_LETTERS) == before + 50);
  }

  @Test
  void whatAnIdleTopicBroughtBeforeIsStillSent() throws Exception {
    logs.stop();

    within(Duration.ofSeconds(30)).until(() -> stack.audit().isClean());
  }

  @Test
  void offsetsAreCommittedWithCheckpoints() throws Exception {
    logs.stop();

    within(Duration.ofSeconds(30))
        .until(() -> committedOffsets() == messages(KafkaTopics.HTTP_LOG));
  }

  private static void restart(Service service) {
    stack.kill(service);
    stack.start(service);
  }

  private static void whileClickHouseStandsStill(Runnable test) {
    PausedProcess paused = PausedProcess.pause(stack.process(Service.CLICKHOUSE));
    try {
      test.run();
    } finally {
      paused.close();
    }
  }

  /** Waits until the source has brought what arrives in so many windows. */
  private void waitForWindows(int windows) {
    double seconds = windows * stack.options().window().toMillis() / 1e3;
    long until = logs.acknowledged() + (long) (seconds * RECORDS_PER_SECOND);
    within(Duration.ofSeconds(60)).until(() -> logs.acknowledged() >= until);
  }

  private static ConditionFactory within(Duration time) {
    return await().pollInterval(Duration.ofMillis(200)).atMost(time);
  }

  private static long frozenRows() {
    return stack.metrics().map((JobMetrics metrics) -> metrics.sum("frozenRows")).orElse(0L);
  }

  private static long committedOffsets() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()))) {
      return admin
          .listConsumerGroupOffsets("sluice")
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(committed -> committed == null ? 0 : committed.offset())
          .sum();
    }
  }

  private static long messages(String topic) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()))) {
      int partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
      Map<TopicPartition, OffsetSpec> latest =
          IntStream.range(0, partitions)
              .boxed()
              .collect(
                  Collectors.toMap(
                      partition -> new TopicPartition(topic, partition),
                      partition -> OffsetSpec.latest()));
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(result -> result.offset())
          .sum();
    }
  }
}
