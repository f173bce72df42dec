package io.sluice.feed.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientPropertiesTest {
  private static Map<String, String> checked(String... namesAndTexts) {
    Map<String, Entered> entered = new HashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      String key = "kafka.client." + namesAndTexts[i];
      entered.put(key, new Entered("--" + key, namesAndTexts[i + 1]));
    }
    return KafkaClientProperties.checked(entered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "security.protocol               | SASL_SSL",
        "sasl.mechanism                  | SCRAM-SHA-512",
        "sasl.jaas.config                | a.B required password=\"x\";",
        "ssl.truststore.location         | /a/b.p12",
        "ssl.endpoint.identification.algorithm | https",
        "max.poll.records                | 500",
        "fetch.max.wait.ms               | 100",
        "linger.ms                       | 5",
        "client.id.prefix                | edge",
        "partition.discovery.interval.ms | 60000",
        "client.dns.lookup               | use_all_dns_ips",
        "metric.reporters                | org.apache.kafka.common.metrics.JmxReporter",
      })
  void handsOnWhatTheClientsKnow(String name, String text) {
    assertThat(checked(name, text)).containsOnly(Map.entry(name, text));
  }

  @Test
  void doesNotTrimPasswords() {
    assertThat(checked("ssl.key.password", " p ")).containsEntry("ssl.key.password", " p ");
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocl, security.protocol",
    "sasl.jaas.conf, sasl.jaas.config",
    "max.poll.record, max.poll.records",
  })
  void asksForTheNameThatWasMeant(String written, String meant) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> checked(written, "canary"))
        .withMessage(
            "--kafka.client.%s is no setting of Kafka's clients; expected kafka.client.%s",
            written, meant)
        .withMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "group.id",
        "auto.offset.reset",
        "enable.auto.commit",
        "key.deserializer",
        "value.deserializer",
        "key.serializer",
        "value.serializer",
        "isolation.level",
        "acks",
        "transactional.id"
      })
  void refusesWhatTheJobSetsItself(String name) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> checked(name, "canary"))
        .withMessageStartingWith("--kafka.client." + name + " cannot be set: it is ")
        .withMessageNotContaining("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, SSLL, PLAINTEXT",
    "max.poll.records, many, int",
    "max.poll.records, 0, '[1,'",
    "max.poll.records, 99999999999, int",
    "partition.discovery.interval.ms, 10s, long",
    "commit.offsets.on.checkpoint, yes, boolean",
  })
  void refusesAValueThatTheClientsRefuse(String name, String text, String expected) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> checked(name, text))
        .withMessageStartingWith("--kafka.client." + name + " is not what Kafka takes; expected ")
        .withMessageContaining(expected)
        .withMessageNotContaining(text);
  }

  @Test
  void leavesSettingsOfAClassOfTheUsersAlone() {
    assertThat(checked("sasl.login.callback.handler.class", "a.B", "a.b.url", "x"))
        .containsEntry("a.b.url", "x");
    assertThat(checked("config.providers", "file", "config.providers.file.class", "a.B"))
        .hasSize(2);
  }
}
