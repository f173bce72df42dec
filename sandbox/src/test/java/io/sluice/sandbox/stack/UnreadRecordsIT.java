package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.metrics.PrometheusText;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.produce.ProduceOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The signs of loss, on real processes: what Kafka deletes unread is counted, to the record. */
@TestMethodOrder(OrderAnnotation.class)
class UnreadRecordsIT {
  /** A gap is judged five seconds after it was met. */
  private static final Duration JUDGED = Duration.ofSeconds(8);

  @TempDir static Path dir;
  private static Stack stack;
  private static Admin admin;

  @BeforeAll
  static void start() {
    stack = StackWithJob.start(dir, "30r/m");
    admin = Admin.create(Map.of("bootstrap.servers", brokers()));
  }

  @AfterAll
  static void end() {
    admin.close();
    stack.close();
  }

  /** First: the marker of a transaction, if unread, would be counted with what is deleted. */
  @Test
  @Order(1)
  void whatWasDeletedWhileTheTaskManagerWasAwayIsCountedToTheRecord() throws Exception {
    long lostBefore = stack.audit().lost();
    produceAndAwaitStored(2_000);

    stack.kill(Service.TASKMANAGER);
    Map<TopicPartition, Long> unreadFrom = ends();
    stack.produce(ProduceOptions.records(1_000));
    Map<TopicPartition, Long> ends = ends();
    long deleted = 0;
    for (TopicPartition partition : ends.keySet()) {
      long half = (ends.get(partition) - unreadFrom.get(partition)) / 2;
      admin
          .deleteRecords(
              Map.of(partition, RecordsToDelete.beforeOffset(unreadFrom.get(partition) + half)))
          .all()
          .get();
      deleted += half;
    }
    stack.start(Service.TASKMANAGER);

    long expected = deleted;
    assertThat(expected).isPositive();
    within(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(metric("recordsDeletedUnread")).isEqualTo(expected));
    within(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(stack.audit().lost() - lostBefore).isEqualTo(expected));
    assertThat(metric("skippedOffsets")).isEqualTo(expected);
    assertThat(taskManagerLog()).contains("Kafka deleted " + expected + " records before");
  }

  @Test
  void theGapsOfTransactionsAreNoLoss() throws Exception {
    produceAndAwaitStored(1_000);
    long skipped = metric("skippedOffsets");
    long lost = metric("recordsDeletedUnread");

    transactions();

    // The first one's marker, the second one's record and marker.
    within(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(metric("skippedOffsets") - skipped).isEqualTo(3));
    await()
        .during(JUDGED)
        .atMost(JUDGED.multipliedBy(2))
        .untilAsserted(() -> assertThat(metric("recordsDeletedUnread")).isEqualTo(lost));
  }

  /** Every metric of the TaskManager that an alert names is one that it reports. */
  @Test
  void theAlertsNameMetricsThatThereAre() throws Exception {
    Set<String> named =
        names(
            "\\bflink_taskmanager_\\w+",
            Home.find().root().resolve("monitoring/prometheus/alerts.yml"));
    assertThat(named).hasSizeGreaterThan(5);

    within(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(named).allMatch(scrape()::has));
  }

  @Test
  void theReferenceListsEveryMetricOfOurs() throws Exception {
    Set<String> listed =
        names(
            "(?m)(?<=^\\| `)[a-zA-Z]+(?=` \\| (?:counter|gauge|histogram) )",
            Home.find().root().resolve("docs/reference.md"));
    assertThat(listed).hasSizeGreaterThan(30);

    within(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        names(
                            "(?m)(?<=^flink_taskmanager_job_task_operator_sluice_)[a-zA-Z]+",
                            body()))
                    .isEqualTo(listed));
  }

  private static void produceAndAwaitStored(int records) {
    long before = rows();
    stack.produce(ProduceOptions.records(records));
    within(Duration.ofMinutes(3)).until(() -> rows() == before + records);
  }

  /** Commits a message, aborts one, commits another, all in one partition; they are no records. */
  private static void transactions() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers(), "transactional.id", "gaps"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(KafkaTopics.HTTP_LOG, 0, null, new byte[] {1});
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(message).get();
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(message).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(message).get();
      producer.commitTransaction();
    }
  }

  private static Map<TopicPartition, Long> ends() throws Exception {
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, stack.options().partitions())
            .mapToObj(partition -> new TopicPartition(KafkaTopics.HTTP_LOG, partition))
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  private static long metric(String name) throws Exception {
    return (long) scrape().sum(operator("sluice_" + name));
  }

  private static String operator(String name) {
    return "flink_taskmanager_job_task_operator_" + name;
  }

  private static PrometheusText scrape() throws Exception {
    return PrometheusText.parse(body());
  }

  private static String body() throws Exception {
    URI metrics =
        URI.create("http://127.0.0.1:" + stack.options().ports().taskmanagerMetrics() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
        .body();
  }

  private static Set<String> names(String regex, Path file) throws Exception {
    return names(regex, Files.readString(file));
  }

  private static Set<String> names(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static String taskManagerLog() throws Exception {
    return Files.readString(dir.resolve("taskmanager/taskmanager.log"));
  }

  private static long rows() {
    return Long.parseLong(stack.sql("SELECT count() FROM logs.http_log").strip());
  }

  private static String brokers() {
    return stack.options().ports().kafkaBrokers();
  }

  private static ConditionFactory within(Duration time) {
    return await().pollInterval(Duration.ofMillis(200)).atMost(time).ignoreExceptions();
  }
}
