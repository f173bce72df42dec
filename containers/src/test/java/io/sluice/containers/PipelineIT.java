package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.containers.Nginx.Request;
import io.sluice.ops.audit.Audit;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.Ledger;
import io.sluice.ops.sql.ClickHouseSql;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way: a Kafka broker, the job, nginx with a rate limit, and ClickHouse with {@code sql/}
 * as its init files. Each record is traced from the producer's ledger to its row and to all levels.
 */
class PipelineIT {
  private static final long RECORDS = 20_000;
  private static final long MALFORMED = 20;

  @AutoClose private static KafkaBroker kafka;
  @AutoClose private static ProxiedClickHouse clickHouse;

  @TempDir private Path folder;
  private String name;
  private String deadLetters;

  @BeforeAll
  static void start() {
    kafka = KafkaBroker.started();
    clickHouse = new ProxiedClickHouse(new ClickHouseServer().withTables());
  }

  @BeforeEach
  void makeTopicsAndEmptyTables(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName();
    deadLetters = name + "_dead_letters";
    kafka.createTopic(name, 4);
    kafka.createTopic(deadLetters, 1);
    for (String table : Stored.TABLES) {
      clickHouse.server().sql("TRUNCATE TABLE logs." + table + " SYNC");
    }
    new LogProducer(kafka.servers(), records(), ledger()).run();
  }

  private ProduceOptions records() {
    return new ProduceOptions(name, RECORDS, 0, MALFORMED, 1, true);
  }

  private Path ledger() {
    return folder.resolve("produced.json");
  }

  private SluiceRun start(Nginx proxy, String window, String user, String password) {
    return SluiceRun.start(
        folder.resolve("state"),
        "--kafka.brokers=" + kafka.servers(),
        "--kafka.topic=" + name,
        "--kafka.group=" + name,
        "--dead-letters.topic=" + deadLetters,
        "--clickhouse.endpoints=" + proxy.url(),
        "--clickhouse.user=" + user,
        "--clickhouse.password=" + password,
        "--proxy.window=" + window,
        "--request.max-bytes=65536");
  }

  private void assertEachRecordOnceInAllLevels() {
    String url = clickHouse.server().url().toString();
    AuditReport audit =
        new Audit(new ClickHouseSql(url.substring(0, url.length() - 1)))
            .compare(Ledger.read(ledger()));

    assertThat(audit.isClean()).as("%s", audit).isTrue();
    assertThat(audit.stored()).isEqualTo(RECORDS - MALFORMED);
    assertThat(audit.exact()).isTrue();
  }

  private static List<Request> answered(Nginx proxy, int status) {
    return proxy.requests().stream().filter(request -> request.status() == status).toList();
  }

  @Test
  void everyRecordIsStoredOnceInAllLevelsAtOneRequestPerSecond() throws Exception {
    Nginx proxy = clickHouse.proxy("60r/m");
    try (SluiceRun job = start(proxy, "1s", "default", "")) {
      job.awaitEnd();
    }

    assertEachRecordOnceInAllLevels();
    assertThat(kafka.messages(deadLetters)).isEqualTo(MALFORMED);
    assertThat(answered(proxy, 200)).hasSizeGreaterThan(3);
  }

  /** Somebody set {@code proxy.window} too short. */
  @Test
  void requestsThatComeTooEarlyCostNoUploadAndNoRecord() throws Exception {
    Nginx proxy = clickHouse.proxy("60r/m");
    try (SluiceRun job = start(proxy, "100ms", "default", "")) {
      job.awaitEnd();
    }

    assertEachRecordOnceInAllLevels();
    assertThat(answered(proxy, 503))
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.bytes()).isLessThan(10_000));
  }

  @Test
  void aMissingTableHoldsTheRecordsUntilItIsBackWithoutARestart() throws Exception {
    Nginx proxy = clickHouse.proxy("60r/m");
    clickHouse.server().sql("DETACH TABLE logs.http_log");
    try (SluiceRun job = start(proxy, "1s", "default", "")) {
      awaitRefusals(job, proxy, 404);
      clickHouse.server().sql("ATTACH TABLE logs.http_log");
      job.awaitEnd();
    }

    assertEachRecordOnceInAllLevels();
  }

  @Test
  void aWrongPasswordHoldsTheRecordsUntilTheServerIsMendedWithoutARestart() throws Exception {
    Nginx proxy = clickHouse.proxy("60r/m");
    clickHouse
        .server()
        .sql(
            "CREATE USER OR REPLACE sluice IDENTIFIED WITH sha256_password BY 'other'",
            "GRANT INSERT ON logs.http_log TO sluice");
    try (SluiceRun job = start(proxy, "1s", "sluice", "right")) {
      awaitRefusals(job, proxy, 403);
      clickHouse.server().sql("ALTER USER sluice IDENTIFIED WITH sha256_password BY 'right'");
      job.awaitEnd();
    }

    assertEachRecordOnceInAllLevels();
  }

  /** More than one: the job goes on offering what was refused. */
  private static void awaitRefusals(SluiceRun job, Nginx proxy, int status) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> job.hasEnded() || answered(proxy, status).size() > 2);
    assertThat(job.hasEnded()).isFalse();
    assertThat(answered(proxy, 200)).isEmpty();
  }
}
