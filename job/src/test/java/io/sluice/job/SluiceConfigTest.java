package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SluiceConfigTest {
  private static final String[] REQUIRED = {
    "--kafka.brokers", "k:9092", "--clickhouse.endpoints", "http://proxy:8124"
  };

  @Test
  void needsOnlyBrokersAndEndpoint() {
    SluiceConfig config = SluiceConfig.read(REQUIRED, Map.of());

    assertThat(config.brokers()).isEqualTo("k:9092");
    assertThat(config.topic()).isEqualTo("http_log");
    assertThat(config.sink().window()).isEqualTo(Duration.ofMillis(62_500));
    assertThat(config.sink().maxRequestBytes()).isLessThan(1 << 20);
    assertThat(config.sink().statement().columns())
        .startsWith("timestamp", "resource_id")
        .hasSize(9);
  }

  @Test
  void argumentsWinOverEnvironmentAndEnvironmentOverFile(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("sluice.properties"),
            "kafka.topic=file\nkafka.group=file\nzstd.level=7\nkafka.client.security.protocol=SSL\n");
    Map<String, String> environment =
        Map.of("SLUICE_KAFKA_TOPIC", "environment", "SLUICE_KAFKA_GROUP", "environment");

    SluiceConfig config =
        SluiceConfig.read(with("--config=" + file, "--kafka.topic=argument"), environment);

    assertThat(config.topic()).isEqualTo("argument");
    assertThat(config.group()).isEqualTo("environment");
    assertThat(config.blocks().zstdLevel()).isEqualTo(7);
    assertThat(config.kafkaClient()).containsEntry("security.protocol", "SSL");
  }

  @Test
  void eachEndpointIsALane() {
    SluiceConfig config =
        SluiceConfig.read(
            with("--clickhouse.endpoints", "http://a:8124, https://b:8124/path"), Map.of());

    assertThat(config.lanes()).isEqualTo(2);
    assertThat(config.sink().lanes().get(1).url()).isEqualTo(URI.create("https://b:8124/path"));
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.window, soon, 62.5s",
    "proxy.window, -1s, 62.5s",
    "request.max-bytes, 12, 65536",
    "request.max-bytes, many, 1047552",
    "buffer.max-bytes, 1k, 'auto, or bytes from 1047552'",
    "kafka.bounded, perhaps, true or false",
    "zstd.level, 23, 1 to 19",
    "clickhouse.endpoints, proxy:8124, http(s)://host:port",
    "clickhouse.table, http-log, identifier",
  })
  void namesTheSettingThatIsWrongInOneLine(String key, String value, String hint) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SluiceConfig.read(with("--" + key, value), Map.of()))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains(key.substring(key.indexOf('.') + 1), value, hint)
                    .doesNotContain("\n"));
  }

  @Test
  void namesASettingThatDoesNotExist() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SluiceConfig.read(with("--kafka.topics", "x"), Map.of()))
        .withMessageContaining("'kafka.topics'")
        .withMessageContaining("kafka.topic,");
  }

  @Test
  void saysHowToSetWhatIsMissing() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SluiceConfig.read(new String[0], Map.of()))
        .withMessageContainingAll("--clickhouse.endpoints", "SLUICE_CLICKHOUSE_ENDPOINTS");
  }

  @Test
  void refusesTwoLanesOnOneEndpoint() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                SluiceConfig.read(
                    with("--clickhouse.endpoints", "http://a:1,http://a:1"), Map.of()))
        .withMessageContaining("clickhouse.endpoints");
  }

  @ParameterizedTest
  @CsvSource({
    "http_log_dead_letters, http_log_dead_letters",
    "http_log, ' http_log '",
    "http_log_dead_letters,",
    ", http_log",
  })
  void refusesToReadItsOwnDeadLetters(String topic, String deadLetters) {
    Map<String, String> environment = new HashMap<>();
    if (topic != null) {
      environment.put("SLUICE_KAFKA_TOPIC", topic);
    }
    String[] arguments = deadLetters == null ? REQUIRED : with("--dead-letters.topic", deadLetters);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SluiceConfig.read(arguments, environment))
        .withMessageContainingAll("dead-letters.topic", "kafka.topic");
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void helpTellsEverySetting(Setting setting) {
    assertThat(SluiceConfig.help()).contains("--" + setting.key(), setting.meaning());
  }

  private static String[] with(String... more) {
    String[] all = Arrays.copyOf(REQUIRED, REQUIRED.length + more.length);
    System.arraycopy(more, 0, all, REQUIRED.length, more.length);
    return all;
  }
}
