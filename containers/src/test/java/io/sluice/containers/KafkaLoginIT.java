package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ops.audit.ProducedRun;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks who is there: what {@code kafka.client.*} is for. */
class KafkaLoginIT {
  private static final String TOPIC = "http_log";
  private static final String DEAD_LETTERS = "http_log_dead_letters";

  @AutoClose private static KafkaBroker kafka;
  @AutoClose private static ClickHouseServer clickHouse;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    kafka = KafkaBroker.startedForUser("sluice", "right");
    clickHouse = new ClickHouseServer().withTables().start();
    kafka.createTopic(TOPIC, 2);
    kafka.createTopic(DEAD_LETTERS, 1);
  }

  private SluiceRun start(String password) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--kafka.brokers=" + kafka.servers(),
                "--clickhouse.endpoints=" + clickHouse.url(),
                "--proxy.window=100ms",
                "--kafka.client.security.protocol=SASL_PLAINTEXT",
                "--kafka.client.sasl.mechanism=PLAIN",
                "--kafka.client.sasl.jaas.config=" + KafkaBroker.login("sluice", password)));
    return SluiceRun.start(folder.resolve("state"), arguments.toArray(String[]::new));
  }

  @Test
  void sourceAndDeadLettersLogInByTheClientSettings() throws Exception {
    ProducedRun produced =
        new LogProducer(
                kafka.openServers(),
                ProduceOptions.records(3_000).withMalformed(5),
                folder.resolve("produced.json"))
            .run();

    try (SluiceRun job = start("right")) {
      job.awaitEnd();
    }

    Stored.assertInAllLevels(clickHouse.target(), Math.toIntExact(produced.good()));
    assertThat(kafka.messages(DEAD_LETTERS)).isEqualTo(5);
  }

  @Test
  void aWrongPasswordFailsTheJobWithKafkasReason() throws Exception {
    try (SluiceRun job = start("wrong")) {
      assertThatThrownBy(job::awaitEnd).hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }
  }
}
