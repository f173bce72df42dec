package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.feed.settings.ConfigException;
import io.sluice.feed.settings.SettingSources;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret in whatever place a user may put it is in nothing that the job says. */
class SecretsTest {
  private static final List<HttpLogSetting> SETTINGS = List.of(HttpLogSetting.values());

  private static final String CANARY = "c4n4ry";

  private static final String[] REQUIRED = {
    "--kafka.brokers", "k:9092", "--clickhouse.endpoints", "http://proxy:8124"
  };

  /** With the canary as password, query or fragment, in ways that parse and ways that do not. */
  static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String password :
        List.of(
            CANARY,
            "a|" + CANARY,
            "%" + CANARY,
            "#" + CANARY,
            "_" + CANARY,
            "/" + CANARY,
            " " + CANARY,
            CANARY + " ",
            "?" + CANARY,
            "[" + CANARY,
            "@" + CANARY,
            "," + CANARY,
            ":" + CANARY,
            "\"" + CANARY,
            "\\" + CANARY,
            "ü" + CANARY,
            CANARY + "\n")) {
      texts.add("http://user:" + password + "@host:8124");
      texts.add("https://" + password + "@host");
      texts.add("http://host_1:8124/?password=" + password);
      texts.add("http://host:8124/path#" + password);
      texts.add("user:" + password + "@host:8124");
      texts.add("http://ok:1,http://user:" + password + "@host");
      texts.add("http://host:" + password);
      texts.add("//" + password);
      texts.add("a.PlainLoginModule required username=\"u\" password=\"" + password + "\";");
      texts.add("a.PlainLoginModule required password=" + password);
      texts.add("password=" + password);
    }
    return texts;
  }

  @ParameterizedTest
  @EnumSource(HttpLogSetting.class)
  void isNotShownAsTheValueOfAnySetting(HttpLogSetting setting) {
    for (String text : texts()) {
      assertSilent(text, arguments("--" + setting.key(), text), Map.of());
      assertSilent(text, arguments("--" + setting.key() + "=" + text), Map.of());
      assertSilent(text, REQUIRED, Map.of(setting.environmentVariable(), text));
    }
  }

  static Stream<String> clientSettings() {
    return Stream.of(
        "sasl.jaas.config",
        "ssl.truststore.password",
        "ssl.keystore.key",
        "security.protocol",
        "bootstrap.servers",
        "max.poll.records",
        "sasl.mechanism",
        "client.id",
        "no.such.thing",
        "sasl.jaas.conf");
  }

  @ParameterizedTest
  @MethodSource("clientSettings")
  void isNotShownAsTheValueOfAKafkaClientSetting(String name) {
    for (String text : texts()) {
      assertSilent(text, arguments("--kafka.client." + name, text), Map.of());
      String variable = "SLUICE_KAFKA_CLIENT_" + name.toUpperCase(java.util.Locale.ROOT);
      assertSilent(text, REQUIRED, Map.of(variable.replace('.', '_'), text));
    }
  }

  @Test
  void isNotShownAsAnArgumentInAWrongPlace() {
    for (String text : texts()) {
      for (String form :
          List.of("%s", "-%s", "-p%s", "--%s", "--%s=x", "--p%s", "-clickhouse=%s")) {
        assertSilent(text, arguments(form.formatted(text), "x"), Map.of());
        assertSilent(text, arguments(form.formatted(text)), Map.of());
        assertSilent(text, arguments("--kafka.group", "x", form.formatted(text)), Map.of());
      }
      assertSilent(text, arguments("--clickhouse.pasword", text), Map.of());
      assertSilent(text, arguments("--clickhouse.pasword=" + text), Map.of());
      assertSilent(text, arguments("--config", text), Map.of());
      assertSilent(text, REQUIRED, Map.of("SLUICE_CLICKHOUSE_PASWORD", text));
    }
    assertSilent(CANARY, arguments("--" + CANARY, CANARY), Map.of());
    assertSilent(CANARY, arguments("-p" + CANARY), Map.of());
    assertSilent(CANARY, arguments("--clickhouse.password"), Map.of());
  }

  @Test
  void isNotShownFromTheFile(@TempDir Path folder) throws Exception {
    for (String text : texts()) {
      for (String line :
          List.of(
              "clickhouse.endpoints=%s",
              "clickhouse.password %s",
              "clickhouse.pasword=%s",
              "%s",
              "\\uzzzz %s",
              "kafka.client.sasl.jaas.config=%s")) {
        Path file = Files.writeString(folder.resolve("settings"), line.formatted(text));
        assertSilent(text, arguments("--config", file.toString()), Map.of());
      }
    }
  }

  private static String[] arguments(String... more) {
    String[] all = Arrays.copyOf(REQUIRED, REQUIRED.length + more.length);
    System.arraycopy(more, 0, all, REQUIRED.length, more.length);
    return all;
  }

  private static void assertSilent(String text, String[] args, Map<String, String> environment) {
    StringWriter said = new StringWriter();
    try {
      HttpLogConfig config = HttpLogConfig.read(args, environment);
      said.append(config.toString()).append(config.sink().settings().toString());
    } catch (RuntimeException e) {
      assertThat(e).as(text).isInstanceOf(ConfigException.class);
      e.printStackTrace(new PrintWriter(said));
    }
    assertThat(said.toString()).as(text).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clickhouse.password",
        "kafka.client.sasl.jaas.config",
        "kafka.client.ssl.truststore.password",
        "kafka.client.ssl.key.password",
        "kafka.client.ssl.keystore.key",
        "kafka.client.sasl.oauthbearer.assertion.private.key.passphrase"
      })
  void isNotTakenFromArgumentsThatFlinkShows(String key) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SettingSources.refuseSecrets(SETTINGS, arguments("--" + key, CANARY)))
        .withMessageStartingWith("--" + key)
        .withMessageContaining("set " + SettingSources.variable(key))
        .withMessageNotContaining(CANARY);
    SettingSources.refuseSecrets(SETTINGS, arguments("--" + key, ""));
    SettingSources.refuseSecrets(SETTINGS, arguments("--clickhouse.user", "x"));
  }

  @Test
  void variablesOfSecretsAreThoseThatAreRead() {
    Map<String, String> environment = new HashMap<>();
    environment.put(SettingSources.variable("kafka.client.ssl.truststore.password"), "p");
    environment.put(SettingSources.variable("clickhouse.password"), "q");

    HttpLogConfig config = HttpLogConfig.read(REQUIRED, environment);

    assertThat(config.source().clientProperties()).containsEntry("ssl.truststore.password", "p");
    assertThat(config.sink().settings().lanes().get(0).password()).isEqualTo("q");
  }
}
