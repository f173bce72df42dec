package io.sluice.sandbox.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.deadletters.BacklogTable;
import io.sluice.ops.deadletters.DeadLetters;
import io.sluice.ops.deadletters.Letter;
import io.sluice.ops.deadletters.Replay;
import io.sluice.ops.deadletters.ReplayReport;
import io.sluice.ops.deadletters.Selection;
import io.sluice.ops.kafka.KafkaAccess;
import io.sluice.sandbox.cli.Main;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Subprocess;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.Stack;
import io.sluice.sandbox.stack.StackWithJob;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters on real processes: from the job that writes them, back to rows. */
@TestMethodOrder(OrderAnnotation.class)
class DeadLettersIT {
  private static final String PARKED = "parked";
  private static final int MALFORMED = 30;
  private static final int DECODABLE = 1_000;

  @TempDir static Path dir;
  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = StackWithJob.start(dir, "60r/m");
  }

  @AfterAll
  static void end() {
    stack.close();
  }

  @Test
  @Order(1)
  void whatCannotBeDecodedComesBackAndIsReplayedAgainOnlyIfAskedFor() {
    stack.produce(ProduceOptions.records(600).withMalformed(MALFORMED));
    awaitCount("waiting", MALFORMED);

    assertThat(replay(Selection.all()).replayed()).isEqualTo(MALFORMED);
    awaitCount("came_back", MALFORMED);
    assertThat(replay(Selection.all()).selected()).isZero();

    Subprocess.Outcome again = sluice("dead-letters", "replay", "--came-back", "--limit", "10");
    assertThat(again.exitCode()).isZero();
    assertThat(Json.parse(lastLine(again)).path("replayed").asInt()).isEqualTo(10);
    awaitCount("replayed", MALFORMED + 10);
    awaitEveryRecordOnce();
  }

  @Test
  @Order(2)
  void theListTellsReasonsAndALetterShowsNoAddress() throws Exception {
    Subprocess.Outcome list = sluice("dead-letters", "list");
    assertThat(list.exitCode()).isZero();
    assertThat(list.output())
        .contains("truncated: ends before its last segment does", "empty value");

    Letter truncated = letters("truncated").get(0);
    Path saved = dir.resolve("letter.bin");
    Subprocess.Outcome show =
        sluice("dead-letters", "show", truncated.origin().toString(), "--save", saved.toString());

    assertThat(show.exitCode()).isZero();
    assertThat(show.output()).contains(truncated.reason(), "ends before the last one does", "··");
    assertThat(Files.size(saved)).isEqualTo(truncated.bytes());
    assertThat(sluice("dead-letters", "show", "http_log-0@999999").exitCode()).isEqualTo(1);
  }

  /** The decoder is mended, so to speak: the letters hold messages that it can read. */
  @Test
  @Order(3)
  void lettersThatCanBeDecodedAreStoredOnceThoughReplaysAreKilled() throws Exception {
    long before = count("letters");
    park(DECODABLE);
    int written = writeLetters(parkedMessages());
    assertThat(written).isGreaterThan(DECODABLE);
    assertThat(stack.audit().lost()).isEqualTo(DECODABLE);
    assertThat(count("letters") - before).isEqualTo(DECODABLE);

    for (int transactions : List.of(10, 60, 5)) {
      killAfter(transactions);
    }
    // The kills found it at work: not all was done.
    assertThat(count("waiting")).isPositive();
    assertThat(new Replay(deadLetters(), 1_000, line -> {}).dryRun(Selection.all()).repeats())
        .isEqualTo(written - DECODABLE);
    replay(Selection.all());

    assertThat(count("waiting")).isZero();
    awaitEveryRecordOnce();
    assertThat(replay(Selection.all()).replayed()).isZero();
    awaitEveryRecordOnce();
  }

  @Test
  @Order(4)
  void aSecondReplayTakesOverFromAnEarlierOne() throws Exception {
    park(DECODABLE);
    writeLetters(parkedMessages());
    Process first = startReplay();
    try (BufferedReader lines = reader(first)) {
      awaitTransactions(lines, 3);
      replay(Selection.all());
      String rest = lines.lines().collect(joining("\n"));

      assertThat(first.waitFor()).isEqualTo(1);
      assertThat(rest).contains("another replay has taken over", "nothing is replayed twice");
    } finally {
      first.destroyForcibly();
    }
    assertThat(count("waiting")).isZero();
    awaitEveryRecordOnce();
  }

  @Test
  @Order(5)
  void aTopicThatTakesLittleGetsCutLettersAndHoldsNothingUp() throws Exception {
    long lettersBefore = count("letters");
    limitLetters(1_000);
    send(new byte[50_000]);
    within(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(count("letters")).isEqualTo(lettersBefore + 1));
    Letter cut = letters("no root").get(letters("no root").size() - 1);
    assertThat(cut.cut()).isTrue();
    assertThat(cut.bytes()).isBetween(500, 1_000);

    limitLetters(100);
    send(new byte[50_000]);
    send(new byte[20]);
    stack.produce(ProduceOptions.records(600));

    within(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(lost()).isEqualTo(2));
    awaitEveryRecordOnce();
    assertThat(count("letters")).isEqualTo(lettersBefore + 1);
    assertThat(lost()).as("the task was not restarted").isEqualTo(2);
    limitLetters(1 << 20);
  }

  private static long lost() {
    return stack.metrics().map(job -> job.sum("deadLettersLost")).orElse(-1L);
  }

  private static void limitLetters(int maxBytes) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, KafkaTopics.DEAD_LETTERS);
    AlterConfigOp limit =
        new AlterConfigOp(
            new ConfigEntry("max.message.bytes", Integer.toString(maxBytes)),
            AlterConfigOp.OpType.SET);
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()))) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
    }
  }

  private static void send(byte[] message) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(KafkaTopics.HTTP_LOG, message)).get();
    }
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new DeadLetters(kafka(), "nowhere").backlog())
        .isInstanceOf(OperatorException.class)
        .hasMessageStartingWith("there is no topic nowhere at ");
    assertThatThrownBy(
            () ->
                new DeadLetters(new KafkaAccess("no-such-host.invalid:9092", Map.of()), "http_log")
                    .backlog())
        .isInstanceOf(OperatorException.class)
        .hasMessageStartingWith("kafka at no-such-host.invalid:9092: ");
    String ownTopic = KafkaTopics.DEAD_LETTERS;
    Subprocess.Outcome loop =
        sluice("dead-letters", "replay", "--came-back", "--dry-run", "--to", ownTopic);
    assertThat(loop.exitCode()).isEqualTo(1);
    assertThat(loop.output()).contains("letters would be sent to " + ownTopic);
  }

  private static ReplayReport replay(Selection selection) {
    return new Replay(deadLetters(), 7, line -> {}).run(selection);
  }

  private static KafkaAccess kafka() {
    return new KafkaAccess(stack.options().ports().kafkaBrokers(), Map.of());
  }

  private static DeadLetters deadLetters() {
    return new DeadLetters(kafka(), KafkaTopics.DEAD_LETTERS);
  }

  private static List<Letter> letters(String reason) {
    return deadLetters().backlog().letters().stream()
        .filter(letter -> letter.reason().contains(reason))
        .toList();
  }

  private static long count(String standing) {
    return new BacklogTable(deadLetters().backlog(), Selection.all()).counts().get(standing);
  }

  private static void awaitCount(String standing, long number) {
    within(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(count(standing)).as(standing).isEqualTo(number));
  }

  private static void awaitEveryRecordOnce() {
    within(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              AuditReport report = stack.audit();
              assertThat(report.isClean()).as(report.toString()).isTrue();
            });
  }

  /** Records of the ledger that the job does not get. */
  private static void park(int records) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()))) {
      if (!admin.listTopics().names().get().contains(PARKED)) {
        admin.createTopics(List.of(new NewTopic(PARKED, 1, (short) 1))).all().get();
      }
    }
    stack.produce(new ProduceOptions(PARKED, records, 0, 0, 1, true));
  }

  /** The last of them. */
  private static List<byte[]> parkedMessages() {
    TopicPartition partition = new TopicPartition(PARKED, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      consumer.seek(partition, end - DECODABLE);
      List<byte[]> messages = new ArrayList<>();
      while (messages.size() < DECODABLE) {
        consumer.poll(Duration.ofMillis(100)).forEach(message -> messages.add(message.value()));
      }
      return messages;
    }
  }

  /** Letters as the job writes them, a third of them twice, some of those far behind. */
  private static int writeLetters(List<byte[]> messages) throws Exception {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      order.add(i);
      if (i % 3 == 0) {
        order.add(Math.max(0, order.size() - 1 - new Random(i).nextInt(500)), i);
      }
    }
    Collections.reverse(order);
    long firstOffset = 1_000_000_000L + System.nanoTime() % 1_000_000_000L * 1_000;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int index : order) {
        ProducerRecord<byte[], byte[]> letter =
            new ProducerRecord<>(KafkaTopics.DEAD_LETTERS, messages.get(index));
        Map.of(
                "sluice.topic",
                KafkaTopics.HTTP_LOG,
                "sluice.partition",
                "1",
                "sluice.offset",
                Long.toString(firstOffset + index),
                "sluice.timestamp",
                Long.toString(System.currentTimeMillis()),
                "sluice.reason",
                "a reason that was mended")
            .forEach((name, value) -> letter.headers().add(name, value.getBytes(UTF_8)));
        producer.send(letter).get();
      }
    }
    return order.size();
  }

  private static void killAfter(int transactions) throws Exception {
    Process replay = startReplay();
    try (BufferedReader lines = reader(replay)) {
      awaitTransactions(lines, transactions);
    } finally {
      replay.destroyForcibly().waitFor();
    }
  }

  private static void awaitTransactions(BufferedReader lines, int transactions) throws Exception {
    for (int seen = 0; seen < transactions; ) {
      String line = lines.readLine();
      assertThat(line).as("the replay ended by itself").isNotNull();
      seen += line.startsWith("replayed ") ? 1 : 0;
    }
  }

  /** One that sends two letters in each transaction, so that there are many. */
  private static Process startReplay() throws Exception {
    return new ProcessBuilder(
            command("dead-letters", "replay", "--per-transaction", "2").arguments())
        .redirectErrorStream(true)
        .start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  private static Subprocess.Outcome sluice(String... arguments) {
    return Subprocess.complete(command(arguments), Duration.ofMinutes(1));
  }

  private static Command command(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--dir", dir.toString()));
    return Home.find().sandboxJava(Main.class.getName(), List.of("-Xmx256m"), all);
  }

  private static String lastLine(Subprocess.Outcome outcome) {
    return outcome.output().strip().lines().reduce((a, b) -> b).orElseThrow();
  }

  private static ConditionFactory within(Duration time) {
    return await().pollInterval(Duration.ofMillis(300)).atMost(time);
  }
}
