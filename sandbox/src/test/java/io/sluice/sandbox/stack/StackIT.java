package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.audit.TotalsTables;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.ProcessIdentity;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.produce.ProduceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lives of the real processes, without a job. */
class StackIT {
  @TempDir static Path dir;
  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = Stack.start(dir, StackOptions.onFreePorts().withKafkaRetention(Duration.ofMinutes(10)));
  }

  @AfterAll
  static void end() {
    List<ProcessIdentity> all =
        Arrays.stream(Service.values())
            .map(service -> dir.resolve(service + "/pid.json"))
            .map(file -> ProcessIdentity.read(file).orElseThrow())
            .toList();
    stack.close();
    assertThat(all).allSatisfy(process -> assertThat(process.running()).isEmpty());
  }

  @Test
  void everyServiceAnswers() {
    assertThat(stack.status()).hasSize(5).allMatch(ServiceStatus::ready);
  }

  @Test
  void aSecondStartSaysThatOneIsRunning() {
    assertThatThrownBy(() -> Stack.start(dir, stack.options()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("a stack is running");
    assertThat(stack.status()).allMatch(ServiceStatus::ready);
  }

  @Test
  void aStackElsewhereOnTheSamePortsIsRefusedByName(@TempDir Path other) {
    assertThatThrownBy(() -> Stack.start(other, stack.options()))
        .hasMessageContaining("(kafka) is taken")
        .hasMessageContaining("(proxy) is taken")
        .hasMessageContaining("--port-offset");
    assertThat(stack.status()).allMatch(ServiceStatus::ready);
  }

  @Test
  void anotherProcessCanGoOnWithTheStack() {
    Stack later = Stack.attach(Home.find(), dir, line -> {});

    assertThat(later.options()).isEqualTo(stack.options());
    assertThat(later.status()).isEqualTo(stack.status());
    later.close();
    assertThat(stack.status()).allMatch(ServiceStatus::ready);
  }

  @Test
  void kafkaKeepsWhatItAcknowledgedWhenKilled() throws Exception {
    long before = messages();
    ProducedRun run = stack.produce(ProduceOptions.records(1_000).withMalformed(10));
    stack.kill(Service.KAFKA);
    stack.start(Service.KAFKA);

    assertThat(run.acknowledged()).isEqualTo(1_000);
    assertThat(run.good()).isEqualTo(990);
    assertThat(messages() - before).isEqualTo(1_000);
  }

  @Test
  void clickHouseKeepsItsTablesWhenKilled() {
    stack.sql(
        "INSERT INTO logs.http_log SELECT now(), 1, 10, 5, 200, 'HIT', 'GET', '1.2.3.X', '/a'"
            + " FROM numbers(100)");
    stack.kill(Service.CLICKHOUSE);
    stack.start(Service.CLICKHOUSE);

    assertThat(stack.sql("SELECT count() FROM logs.http_log")).isEqualTo("100");
    for (String table : TotalsTables.NAMES) {
      assertThat(stack.sql("SELECT sum(requests) FROM logs." + table)).as(table).isEqualTo("100");
    }
    assertThat(stack.audit().unexpected()).isEqualTo(100);
    emptyTables();
  }

  @Test
  void theAuditTellsLossFromRepetition() {
    ProducedRun run = stack.produce(ProduceOptions.records(10));
    long lostBefore = stack.audit().lost();
    stack.sql(
        "INSERT INTO logs.http_log SELECT now(), 1, 10, 5, 200, 'HIT', 'GET', '1.2.3.X',"
            + " concat('/a?r="
            + run.run()
            + "-', toString(number % 9)) FROM numbers(10)");

    assertThat(lostBefore - stack.audit().lost()).isEqualTo(9);
    assertThat(stack.audit().duplicated()).isEqualTo(1);
    assertThat(stack.audit().unexpected()).isZero();
    emptyTables();
  }

  @Test
  void aKilledProxyLeavesItsPortAndComesBack() {
    stack.kill(Service.PROXY);
    assertThat(status(Service.PROXY).describe()).isEqualTo("down");
    assertThatThrownBy(() -> stack.kill(Service.PROXY)).hasMessage("proxy is not running");

    stack.start(Service.PROXY);
    assertThat(status(Service.PROXY).ready()).isTrue();
  }

  @Test
  void aTaskManagerRegistersAgainAfterBothWereKilled() {
    stack.kill(Service.JOBMANAGER);
    stack.kill(Service.TASKMANAGER);
    stack.start(Service.JOBMANAGER);
    stack.start(Service.TASKMANAGER);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stack.status().stream().allMatch(ServiceStatus::ready));
  }

  private static void emptyTables() {
    stack.sql("TRUNCATE TABLE logs.http_log");
    TotalsTables.NAMES.forEach(table -> stack.sql("TRUNCATE TABLE logs." + table));
  }

  private static ServiceStatus status(Service service) {
    return stack.status().stream()
        .filter(one -> one.service() == service)
        .findFirst()
        .orElseThrow();
  }

  private static long messages() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.options().ports().kafkaBrokers()))) {
      Map<TopicPartition, OffsetSpec> latest = new java.util.HashMap<>();
      for (int partition = 0; partition < stack.options().partitions(); partition++) {
        latest.put(new TopicPartition("http_log", partition), OffsetSpec.latest());
      }
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(result -> result.offset())
          .sum();
    }
  }
}
