package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.audit.AuditReport;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.produce.ProduceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are resumed where the topic is not what it was, on real processes. */
@TestMethodOrder(OrderAnnotation.class)
class ResumedTopicIT {
  private static final String OTHER = "other";
  private static final int PARTITIONS = 3;
  private static final int NEW_RECORDS = 90;

  @TempDir static Path dir;
  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = Stack.start(dir, StackWithJob.options("300r/m"));
    stack.submitJob();
  }

  @AfterAll
  static void end() {
    stack.close();
  }

  @Test
  @Order(1)
  void boundedAndUnboundedRunsContinueEachOther() {
    produce(500);
    awaitEveryRecordOnce();
    String unbounded = stack.stopJob();
    produce(500);

    // While the proxy is away, the bounded run has read all, and cannot end.
    stack.kill(Service.PROXY);
    resume(unbounded, "--kafka.bounded", "true");
    within().until(() -> unsent() == 500);
    String bounded = stack.stopJob();
    produce(300);
    stack.start(Service.PROXY);

    resume(bounded, "--kafka.bounded", "true");
    awaitState("FINISHED");
    assertThat(stack.audit().stored()).isEqualTo(1_000);
    assertThat(stack.audit().lost()).as("what came after the bounded run began").isEqualTo(300);

    resume(bounded, "--kafka.bounded", "false");
    awaitEveryRecordOnce();
    produce(200);
    awaitEveryRecordOnce();
  }

  @Test
  @Order(2)
  void aTopicThatIsCreatedAnewWhileTheJobIsDownIsReadFromItsBeginning() throws Exception {
    awaitEveryRecordOnce();
    String savepoint = stack.stopJob();
    createAnew();
    produce(6_000);

    resume(savepoint);

    awaitEveryRecordOnce();
    assertThat(stack.metrics().orElseThrow().sum("topicsCreatedAnew")).isPositive();
    assertThat(logs()).anyMatch(line -> line.contains("Topic http_log was created anew"));
  }

  @Test
  @Order(3)
  void aTopicThatIsCreatedAnewWhileItIsReadIsReadFromItsBeginning() throws Exception {
    fillEveryPartition(NEW_RECORDS);
    awaitEveryRecordOnce();
    createAnew();
    produce(NEW_RECORDS);

    awaitEveryRecordOnce();
    within().until(() -> stack.jobs().state().orElse("").equals("RUNNING"));
    produce(500);
    awaitEveryRecordOnce();
  }

  @Test
  @Order(4)
  void anotherTopicIsReadOnlyWhenTheFormerOneIs() throws Exception {
    awaitEveryRecordOnce();
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(OTHER, 1, (short) 1))).all().get();
    }
    String savepoint = stack.stopJob();
    produce(400);

    resume(savepoint, "--kafka.topic", OTHER);
    awaitState("FAILED");
    assertThat(logs()).anyMatch(line -> line.contains("kafka.topic is other, but the state"));

    resume(savepoint, "--kafka.topic", KafkaTopics.HTTP_LOG);
    awaitEveryRecordOnce();
    String read = stack.stopJob();
    resume(read, "--kafka.topic", OTHER);
    stack.produce(new ProduceOptions(OTHER, 300, 0, 0, 1, true));
    awaitEveryRecordOnce();
    assertThat(logs()).anyMatch(line -> line.contains("kafka.topic is other now"));
  }

  private static void produce(int records) {
    stack.produce(ProduceOptions.records(records));
  }

  /**
   * Until more than so many were read of each. One of which nothing was read yet would be taken for
   * the former, as docs/limits.md says.
   */
  private static void fillEveryPartition(int records) throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      ends.put(new TopicPartition(KafkaTopics.HTTP_LOG, partition), OffsetSpec.latest());
    }
    try (Admin admin = admin()) {
      while (admin.listOffsets(ends).all().get().values().stream()
          .anyMatch(end -> end.offset() <= records)) {
        // Each run begins with another partition.
        produce(records + 10);
      }
    }
  }

  private static void resume(String state, String... settings) {
    stack.resumeJob(Optional.of(state), List.of(settings));
  }

  private static long unsent() {
    return stack.metrics().map(job -> job.sum("openRows") + job.sum("frozenRows")).orElse(-1L);
  }

  private static void awaitState(String state) {
    within().until(() -> stack.jobs().state().orElse("").equals(state));
  }

  private static void awaitEveryRecordOnce() {
    within()
        .untilAsserted(
            () -> {
              AuditReport report = stack.audit();
              assertThat(report.isClean()).as(report.toString()).isTrue();
              assertThat(unsent()).isZero();
            });
  }

  private static void createAnew() throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(KafkaTopics.HTTP_LOG)).all().get();
      within()
          .ignoreExceptions()
          .until(
              () -> {
                admin
                    .createTopics(
                        List.of(new NewTopic(KafkaTopics.HTTP_LOG, PARTITIONS, (short) 1)))
                    .all()
                    .get();
                return true;
              });
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()));
  }

  /** Of Flink's processes. */
  private static List<String> logs() {
    return Stream.of("jobmanager/jobmanager.log", "taskmanager/taskmanager.log")
        .map(dir::resolve)
        .flatMap(ResumedTopicIT::lines)
        .toList();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readString(file).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConditionFactory within() {
    return await().pollInterval(Duration.ofMillis(300)).atMost(Duration.ofMinutes(3));
  }
}
