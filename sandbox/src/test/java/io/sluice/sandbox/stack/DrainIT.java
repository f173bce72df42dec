package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.drain.Drain;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.produce.ProduceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nothing is called drained while a lane has its rows in its checkpoint. */
class DrainIT {
  private static final int RECORDS = 2_000;

  @TempDir private Path dir;

  @Test
  void twoLanesThatAreRestartedAreDrainedOnceClickHouseHasEverything() throws Exception {
    try (Stack stack =
        Stack.start(
            dir,
            StackOptions.onFreePorts()
                .withKafkaRetention(Duration.ofMinutes(10))
                .withProxyRate("60r/m")
                .withCheckpointInterval(Duration.ofSeconds(1)))) {
      String proxy = stack.options().ports().proxyUrl();
      stack.submitJob(
          "--clickhouse.endpoints", proxy + "," + proxy.replace("127.0.0.1", "localhost"));
      stack.kill(Service.PROXY);
      stack.produce(ProduceOptions.records(RECORDS));
      within().until(() -> stack.job().lanes().bufferedRows().orElse(-1) == RECORDS);
      List<String> lines = new CopyOnWriteArrayList<>();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(
              () ->
                  new Drain(
                          stack.kafka(),
                          KafkaTopics.HTTP_LOG,
                          KafkaTopics.JOB_GROUP,
                          stack.job(),
                          lines::add)
                      .await(Duration.ofMinutes(3)));

      stack.kill(Service.TASKMANAGER);
      within().until(() -> lines.stream().anyMatch(line -> line.contains("is not known")));
      stack.start(Service.TASKMANAGER);
      within().until(() -> stack.job().lanes().bufferedRows().orElse(-1) == RECORDS);
      assertThat(drained).isNotDone();
      stack.start(Service.PROXY);

      assertThat(drained.get()).isTrue();
      Drain ofNoTopic =
          new Drain(stack.kafka(), "no-topic", KafkaTopics.JOB_GROUP, stack.job(), lines::add);
      assertThatExceptionOfType(OperatorException.class)
          .isThrownBy(() -> ofNoTopic.await(Duration.ofSeconds(1)))
          .withMessageContaining("there is no topic no-topic");
      AuditReport report = stack.audit();
      assertThat(report.isClean()).as(report.toString()).isTrue();
      assertThat(report.stored()).isEqualTo(RECORDS);
    }
  }

  private static ConditionFactory within() {
    return await().pollInterval(Duration.ofMillis(200)).atMost(Duration.ofMinutes(1));
  }
}
