package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.feed.anonymize.UrlPrivacy;
import io.sluice.feed.settings.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLogConfigTest {
  private static final String[] REQUIRED = {
    "--kafka.brokers", "k:9092", "--clickhouse.endpoints", "http://proxy:8124"
  };

  @Test
  void needsOnlyBrokersAndEndpoint() {
    HttpLogConfig config = HttpLogConfig.read(REQUIRED, Map.of());

    assertThat(config.source().brokers()).isEqualTo("k:9092");
    assertThat(config.source().topic()).isEqualTo("http_log");
    assertThat(config.sink().settings().window()).isEqualTo(Duration.ofMillis(62_500));
    assertThat(config.sink().settings().maxRequestBytes()).isLessThan(1 << 20);
    assertThat(config.sink().settings().statement().columns())
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

    HttpLogConfig config =
        HttpLogConfig.read(with("--config=" + file, "--kafka.topic=argument"), environment);

    assertThat(config.source().topic()).isEqualTo("argument");
    assertThat(config.source().groupId()).isEqualTo("environment");
    assertThat(config.sink().blocks().zstdLevel()).isEqualTo(7);
    assertThat(config.source().clientProperties()).containsEntry("security.protocol", "SSL");
  }

  @Test
  void eachEndpointIsALane() {
    HttpLogConfig config =
        HttpLogConfig.read(
            with("--clickhouse.endpoints", "http://a:8124, https://b:8124/path"), Map.of());

    assertThat(config.sink().lanes()).isEqualTo(2);
    assertThat(config.sink().settings().lanes().get(1).url())
        .isEqualTo(URI.create("https://b:8124/path"));
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
    "clickhouse.table, http-log, identifier",
    "clickhouse.database, 1logs, identifier",
    "proxy.window, 25h, to 24 h",
    "proxy.window, 99999999999999999999h, to 24 h",
    "proxy.window, 0ms, from 1 ms",
    "request.timeout, 61m, to 1 h",
    "request.timeout, 999ms, from 1000 ms",
    "zstd.level, 4294967299, 1 to 19",
    "request.max-bytes, 99999999999999999999, 1073741824",
    "buffer.max-bytes, 1048575g, 1099511627776",
    "anonymize.url, some, 'one of off, addresses, query'",
    "kafka.topic, 'a,b', name of one topic",
    "kafka.topic, .., name of one topic",
    "dead-letters.topic, ., name of one topic",
  })
  void namesTheSettingThatIsWrongInOneLine(String key, String value, String hint) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpLogConfig.read(with("--" + key, value), Map.of()))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith("--" + key + " is '" + value + "'; expected ")
                    .contains(hint)
                    .doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kafka.topic          ; a b                   ; the name of one topic",
        "kafka.brokers        ; nohost                ; broker 1 of 1",
        "kafka.brokers        ; k:9092,               ; broker 2 of 2",
        "kafka.brokers        ; k:9092,,l:9092        ; broker 2 of 3",
        "kafka.brokers        ; k:9092 l:9092         ; broker 1 of 1",
        "kafka.brokers        ; k:0                   ; ports from 1 to 65535",
        "kafka.brokers        ; k:65536               ; ports from 1 to 65535",
        "kafka.brokers        ; ::1:9092              ; [address]:port",
        "kafka.brokers        ; http://k:9092/        ; host:port",
        "clickhouse.endpoints ; proxy:8124            ; URL 1 of 1 does not begin with http://",
        "clickhouse.endpoints ; http://a:1,           ; URL 2 of 2 does not begin with http://",
        "clickhouse.endpoints ; http://a:0            ; URL 1 of 1 has a port",
        "clickhouse.endpoints ; http://a:x            ; URL 1 of 1 has no host",
        "clickhouse.endpoints ; http:///path          ; URL 1 of 1 has",
        "clickhouse.endpoints ; http://a:1/?b         ; URL 1 of 1 has a query",
        "clickhouse.endpoints ; http://u:p@a:1        ; URL 1 of 1 has a user or password",
        "clickhouse.endpoints ; http://u:p|s@a:1      ; URL 1 of 1 has at character",
      })
  void saysWhatIsWrongWithoutQuotingIt(String key, String value, String hint) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpLogConfig.read(with("--" + key, value), Map.of()))
        .withMessageStartingWith("--" + key + " is not ")
        .withMessageContaining(hint)
        .withMessageNotContaining(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a:80,http://A",
        "http://a/,HTTP://a:80//",
        "https://a,https://a.:443",
        "http://a/b,http://a/x/../b/",
        "http://ch_proxy:8124,http://CH_proxy:8124",
        "http://[::1]:1,http://[0:0:0:0:0:0:0:1]:1",
        "http://[::ffff:1.2.3.4]:1,http://1.2.3.4:1",
      })
  void refusesOneEndpointInTwoSpellings(String urls) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpLogConfig.read(with("--clickhouse.endpoints", urls), Map.of()))
        .withMessageStartingWith(
            "--clickhouse.endpoints names an endpoint twice, as URL 1 and URL 2; expected ")
        .withMessageNotContaining("://a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a:1,http://a:2",
        "http://a/b,http://a/c",
        "http://a:443,https://a",
        "http://ch_proxy:8124,http://ch-proxy:8124",
        "http://[::1]:1,http://[::2]:1",
        "http://1.2.3.4,http://1.2.3.4:8124",
      })
  void takesEndpointsThatDiffer(String urls) {
    assertThat(HttpLogConfig.read(with("--clickhouse.endpoints", urls), Map.of()).sink().lanes())
        .isEqualTo(2);
  }

  @Test
  void takesAsManyLanesAsASavepointCanHave() {
    String most = lanes(128);

    assertThat(HttpLogConfig.read(with("--clickhouse.endpoints", most), Map.of()).sink().lanes())
        .isEqualTo(128);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpLogConfig.read(with("--clickhouse.endpoints", lanes(129)), Map.of()))
        .withMessage("--clickhouse.endpoints names 129 endpoints; expected 128 at most");
  }

  private static String lanes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "http://lane" + i)
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k:9092                      | k:9092",
        "k:9092 , l_2:9093           | k:9092,l_2:9093",
        "k:9092,k:9092               | k:9092",
        "[2001:db8::1]:9092          | [2001:db8::1]:9092",
        "PLAINTEXT://k.example:65535 | PLAINTEXT://k.example:65535",
      })
  void takesBrokersAsKafkaDoes(String brokers, String taken) {
    assertThat(HttpLogConfig.read(with("--kafka.brokers", brokers), Map.of()).source().brokers())
        .isEqualTo(taken);
  }

  @Test
  void urlsAreStoredAsTheyCameUnlessAsked() {
    assertThat(HttpLogConfig.read(REQUIRED, Map.of()).urlPrivacy()).isEqualTo(UrlPrivacy.OFF);
    assertThat(HttpLogConfig.read(with("--anonymize.url", "query"), Map.of()).urlPrivacy())
        .isEqualTo(UrlPrivacy.QUERY);
  }

  @Test
  void aPasswordIsTakenAsItIs() {
    assertThat(password("", null)).isEmpty();
    assertThat(password("a", "")).isEmpty();
    for (String password : List.of("a b", "a,b;c=d", "--x", "pässwort")) {
      assertThat(password(password, null)).isEqualTo(password);
      assertThat(password(null, password)).isEqualTo(password);
    }
    for (String password : List.of(" a", "a ", "a\n", "a\tb")) {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> password(password, null))
          .withMessageStartingWith("SLUICE_CLICKHOUSE_PASSWORD begins or ends with a blank");
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> password(null, password))
          .withMessageStartingWith("--clickhouse.password begins or ends with a blank");
    }
  }

  private static String password(String inEnvironment, String asArgument) {
    return HttpLogConfig.read(
            asArgument == null ? REQUIRED : with("--clickhouse.password", asArgument),
            inEnvironment == null ? Map.of() : Map.of("SLUICE_CLICKHOUSE_PASSWORD", inEnvironment))
        .sink()
        .settings()
        .lanes()
        .get(0)
        .password();
  }

  @Test
  void namesASettingThatDoesNotExist() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpLogConfig.read(with("--kafka.topics", "x"), Map.of()))
        .withMessageContaining("'kafka.topics'")
        .withMessageContaining("kafka.topic,");
  }

  @Test
  void saysHowToSetWhatIsMissing() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpLogConfig.read(new String[0], Map.of()))
        .withMessageContainingAll("--clickhouse.endpoints", "SLUICE_CLICKHOUSE_ENDPOINTS");
  }

  @Test
  void refusesTwoLanesOnOneEndpoint() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                HttpLogConfig.read(
                    with("--clickhouse.endpoints", "http://a:1,http://a:1"), Map.of()))
        .withMessageStartingWith("--clickhouse.endpoints names an endpoint twice");
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
        .isThrownBy(() -> HttpLogConfig.read(arguments, environment))
        .withMessageContainingAll("dead-letters.topic", "kafka.topic");
  }

  @ParameterizedTest
  @EnumSource(HttpLogSetting.class)
  void helpTellsEverySetting(HttpLogSetting setting) {
    assertThat(HttpLogConfig.help()).contains("--" + setting.key(), setting.meaning());
  }

  private static String[] with(String... more) {
    String[] all = Arrays.copyOf(REQUIRED, REQUIRED.length + more.length);
    System.arraycopy(more, 0, all, REQUIRED.length, more.length);
    return all;
  }
}
