package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.audit.AuditReport;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.kafka.TlsBroker;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Kafka by TLS and a login, with what docs/operations/README.md has for a properties file. */
@TestMethodOrder(OrderAnnotation.class)
@Tag("campaign")
class KafkaTlsIT {
  private static final String PASSWORD = "c4n4ry-of-kafka";
  private static final int RECORDS = 2_000;
  private static final int MALFORMED = 5;

  @TempDir private static Path dir;
  @TempDir private static Path brokerDir;
  @AutoClose private static TlsBroker broker;
  private static Stack stack;

  @BeforeAll
  static void start() {
    broker = TlsBroker.start(brokerDir.resolve("kafka"), "sluice", PASSWORD);
    stack = Stack.start(dir, StackWithJob.options("300r/m"));
  }

  @AfterAll
  static void end() {
    stack.close();
  }

  @Test
  @Order(1)
  void aWrongPasswordFailsTheJobWithKafkasReason() throws Exception {
    submit("wrong");

    within().until(() -> logs().contains("Authentication failed"));
    stack.flink().cancel(stack.jobs().last().orElseThrow().jobId());
    within().until(() -> stack.jobs().state().orElse("").matches("CANCELED|FAILED"));
  }

  @Test
  @Order(2)
  void recordsAreReadAndDeadLettersWrittenOverIt() throws Exception {
    submit(PASSWORD);
    new LogProducer(
            broker.openServers(),
            ProduceOptions.records(RECORDS).withMalformed(MALFORMED),
            dir.resolve("produced.json"))
        .run();

    within()
        .untilAsserted(
            () -> {
              AuditReport report = stack.audit();
              assertThat(report.stored()).as(report.toString()).isEqualTo(RECORDS - MALFORMED);
              assertThat(report.isClean()).as(report.toString()).isTrue();
              assertThat(deadLetters()).isEqualTo(MALFORMED);
            });
  }

  @Test
  @Order(3)
  void thePasswordIsNowhereToBeSeen() throws Exception {
    String job = stack.jobs().running().jobId();
    List<String> pages =
        List.of(
            "/jobs/" + job,
            "/jobs/" + job + "/config",
            "/jobs/" + job + "/plan",
            "/jobs/" + job + "/exceptions",
            "/jobs/" + job + "/checkpoints/config",
            "/jobmanager/config",
            "/jobmanager/environment",
            "/jobs/overview");
    for (String page : pages) {
      String answer = get(page);
      assertThat(answer).as(page).contains("{").doesNotContain(PASSWORD);
    }
    assertThat(get("/jobs/" + job + "/config"))
        .as("what the job shows of itself")
        .contains("user-config");
    assertThat(filesThatTell()).isEmpty();
  }

  private static void submit(String password) throws IOException {
    Path settings = dir.resolve("settings-of-kafka.properties");
    Files.writeString(
        settings,
        """
        kafka.client.security.protocol=SASL_SSL
        kafka.client.sasl.mechanism=PLAIN
        kafka.client.sasl.jaas.config=%s
        kafka.client.ssl.truststore.type=PEM
        kafka.client.ssl.truststore.certificates=%s
        """
            .formatted(TlsBroker.login("sluice", password), broker.certificateLine()));
    stack.submitJob("--kafka.brokers", broker.servers(), "--config", settings.toString());
    Files.delete(settings);
  }

  private static long deadLetters() throws Exception {
    TopicPartition only = new TopicPartition(KafkaTopics.DEAD_LETTERS, 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.openServers()))) {
      return admin
          .listOffsets(Map.of(only, OffsetSpec.latest()))
          .partitionResult(only)
          .get()
          .offset();
    }
  }

  private static String get(String page) throws IOException, InterruptedException {
    URI url = URI.create(stack.options().ports().flinkRestUrl() + page);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(page).isEqualTo(200);
    return answer.body();
  }

  private static String logs() {
    return Stream.of("jobmanager/jobmanager.log", "taskmanager/taskmanager.log")
        .map(dir::resolve)
        .map(KafkaTlsIT::text)
        .reduce("", String::concat);
  }

  /** Logs, records of the stack, checkpoints: whatever it writes, but the broker's own. */
  private static List<Path> filesThatTell() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> text(file).contains(PASSWORD))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConditionFactory within() {
    return await().pollInterval(Duration.ofMillis(300)).atMost(Duration.ofMinutes(3));
  }
}
