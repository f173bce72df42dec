package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.feed.settings.ConfigException;
import io.sluice.feed.settings.Entered;
import io.sluice.feed.settings.SettingSources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingSourcesTest {
  private static final List<HttpLogSetting> SETTINGS = List.of(HttpLogSetting.values());

  private static final String[] NONE = {};

  @Test
  void readsKafkaClientSettingsFromTheEnvironment() {
    assertThat(
            SettingSources.read(
                SETTINGS, NONE, Map.of("SLUICE_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL")))
        .containsOnly(
            Map.entry(
                "kafka.client.security.protocol",
                new Entered("SLUICE_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL")));
  }

  @ParameterizedTest
  @CsvSource({
    "SLUICE_KAFKA_BROKER, SLUICE_KAFKA_BROKERS",
    "SLUICE_CLICKHOUSE_PASWORD, SLUICE_CLICKHOUSE_PASSWORD",
    "SLUICE_CLICKHOUSE_ENDPOINT, SLUICE_CLICKHOUSE_ENDPOINTS",
    "SLUICE_DEADLETTERS_TOPIC, SLUICE_DEAD_LETTERS_TOPIC",
  })
  void asksForTheVariableThatWasMeant(String written, String meant) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SettingSources.read(SETTINGS, NONE, Map.of(written, "canary")))
        .withMessage(
            "The environment variable %s is no setting; is %s meant?; unset it", written, meant)
        .withMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SLUICE_RESTORE_FROM",
        "SLUICE_KEEP_JOBS",
        "SLUICE_VERSION",
        "SLUICE_DIR",
        "SLUICE_PORT_OFFSET",
        "SLUICE_REST_SERVICE_HOST",
        "SLUICE_SERVICE_PORT",
        "SLUICE_REST_SERVICE_PORT_REST",
        "SLUICE_REST_PORT",
        "SLUICE_REST_PORT_8081_TCP",
        "SLUICE_REST_PORT_8081_TCP_ADDR",
        "SLUICE_KAFKA_CLIENT_SERVICE_HOST",
        "FLINK_PROPERTIES",
        "SLUICED",
      })
  void leavesAloneWhatOthersReadFromTheEnvironment(String variable) {
    assertThat(SettingSources.read(SETTINGS, NONE, Map.of(variable, "x"))).isEmpty();
  }

  @Test
  void anEmptyVariableCountsAsNotSet() {
    assertThat(SettingSources.read(SETTINGS, NONE, Map.of("SLUICE_PROXY_WINDOW", ""))).isEmpty();
  }

  @Test
  void namesWhatIsInTheFileByItsKey(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("s"), "kafka.topic = a\nclickhouse.password= p \n");

    assertThat(SettingSources.read(SETTINGS, new String[] {"--config", file.toString()}, Map.of()))
        .containsOnly(
            Map.entry("kafka.topic", new Entered("kafka.topic in the --config file", "a")),
            Map.entry(
                "clickhouse.password",
                new Entered("clickhouse.password in the --config file", "p ")));
  }

  @Test
  void saysWhyAFileCannotBeRead(@TempDir Path folder) throws Exception {
    Path latin = Files.write(folder.resolve("l"), "#ü".getBytes(StandardCharsets.ISO_8859_1));
    Path escape = Files.writeString(folder.resolve("e"), "clickhouse.password=canary\\uzz\n");

    assertThatMessage(folder.resolve("none"))
        .isEqualTo("The file that --config names does not exist");
    assertThatMessage(latin).isEqualTo("The file that --config names is not UTF-8");
    assertThatMessage(escape).startsWith("The file that --config names is no properties file");
    assertThatMessage(folder).startsWith("The file that --config names cannot be read");
  }

  private static AbstractStringAssert<?> assertThatMessage(Path file) {
    try {
      SettingSources.read(SETTINGS, new String[] {"--config", file.toString()}, Map.of());
      return assertThat("no exception");
    } catch (ConfigException e) {
      return assertThat(e.getMessage());
    }
  }

  @Test
  void saysWhichArgumentIsNone() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                SettingSources.read(SETTINGS, new String[] {"--kafka.topic", "a", "-x"}, Map.of()))
        .withMessage("Argument 3 is not a setting; write --name value");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SettingSources.read(SETTINGS, new String[] {"--kafka.topic"}, Map.of()))
        .withMessage("--kafka.topic has no value; write --kafka.topic value");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SettingSources.read(SETTINGS, new String[] {"--hunter2", "x"}, Map.of()))
        .withMessageStartingWith("Argument 1 is no setting; there are config, kafka.brokers, ");
  }
}
