package io.sluice.httplog;

import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.Timeouts;
import io.sluice.clickhouse.sink.ClickHouseSink;
import io.sluice.clickhouse.sink.SinkSettings;
import io.sluice.feed.anonymize.UrlPrivacy;
import io.sluice.feed.kafka.DeadLetterTopic;
import io.sluice.feed.kafka.SourceTopic;
import io.sluice.feed.settings.AuthoritiesFile;
import io.sluice.feed.settings.ConfigException;
import io.sluice.feed.settings.Entered;
import io.sluice.feed.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;

/**
 * The job's configuration, checked.
 *
 * @param urlPrivacy what of urls is not stored
 * @param sink where the rows go
 */
record HttpLogConfig(
    SourceTopic source,
    DeadLetterTopic deadLetters,
    UrlPrivacy urlPrivacy,
    ClickHouseSink<HttpLogRecord> sink) {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final String IDENTIFIER_WORDS =
      "an identifier: a letter or underscore, then letters, digits, underscores, 128 in all";

  /** As Kafka has it. */
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

  private static final String TOPIC_WORDS =
      "the name of one topic: letters, digits, '.', '_' and '-', 249 at most";

  /**
   * @throws ConfigException in one line, with the setting at fault
   */
  static HttpLogConfig read(String[] args, Map<String, String> environment) {
    Settings settings = Settings.read(List.of(HttpLogSetting.values()), args, environment);
    List<URI> urls =
        settings.endpoints(HttpLogSetting.CLICKHOUSE_ENDPOINTS, HttpLogTopology.MAX_PARALLELISM);
    String topic = settings.matching(HttpLogSetting.KAFKA_TOPIC, TOPIC, TOPIC_WORDS);
    String deadLettersTopic =
        settings.matching(HttpLogSetting.DEAD_LETTERS_TOPIC, TOPIC, TOPIC_WORDS);
    if (deadLettersTopic.equals(topic)) {
      throw new ConfigException(
          "dead-letters.topic is '%s', which is kafka.topic too; each dead letter would be read"
                  .formatted(topic)
              + " again and become another one. Name a topic of its own");
    }
    String brokers = settings.brokers(HttpLogSetting.KAFKA_BROKERS);
    Map<String, String> kafkaClient = settings.kafkaClient();
    long maxRequestBytes = settings.bytes(HttpLogSetting.REQUEST_MAX_BYTES, 64 << 10, 1 << 30);
    long maxBufferBytes =
        settings.bytesOrAuto(
            HttpLogSetting.BUFFER_MAX_BYTES, maxRequestBytes, 1L << 40, SinkSettings.WHAT_FITS);
    return new HttpLogConfig(
        new SourceTopic(
            brokers,
            topic,
            settings.text(HttpLogSetting.KAFKA_GROUP),
            settings.flag(HttpLogSetting.KAFKA_BOUNDED),
            kafkaClient),
        new DeadLetterTopic(
            brokers,
            deadLettersTopic,
            settings.flag(HttpLogSetting.DEAD_LETTERS_REQUIRED),
            kafkaClient),
        settings.oneOf(HttpLogSetting.ANONYMIZE_URL, UrlPrivacy.class),
        ClickHouseSink.<HttpLogRecord>builder()
            .table(
                HttpLogTable.httpLog(
                    settings.matching(
                        HttpLogSetting.CLICKHOUSE_DATABASE, IDENTIFIER, IDENTIFIER_WORDS),
                    settings.matching(
                        HttpLogSetting.CLICKHOUSE_TABLE, IDENTIFIER, IDENTIFIER_WORDS)))
            .insertSettings(HttpLogTable.INSERT_SETTINGS)
            .endpoints(urls)
            .credentials(
                settings.text(HttpLogSetting.CLICKHOUSE_USER),
                password(settings.secret(HttpLogSetting.CLICKHOUSE_PASSWORD)))
            .trustedCertificates(
                AuthoritiesFile.read(settings.secret(HttpLogSetting.CLICKHOUSE_TLS_CA), urls))
            .window(
                settings.duration(
                    HttpLogSetting.PROXY_WINDOW, Duration.ofMillis(1), SinkSettings.LONGEST_WINDOW))
            .requestTimeout(
                settings.duration(
                    HttpLogSetting.REQUEST_TIMEOUT, Duration.ofSeconds(1), Timeouts.LONGEST))
            .maxRequestSize(new MemorySize(maxRequestBytes))
            .maxBufferSize(new MemorySize(maxBufferBytes))
            .zstdLevel(settings.number(HttpLogSetting.ZSTD_LEVEL, 1, 19))
            .build());
  }

  private static String password(Entered entered) {
    if (!Endpoint.fitsAHeader(entered.text())) {
      throw entered.wrong(
          "begins or ends with a blank or a line break, or has control characters",
          "a password that fits a header of HTTP; it is not trimmed");
    }
    return entered.text();
  }

  /** One line per setting, for {@code --help}. */
  static String help() {
    StringBuilder help = new StringBuilder();
    for (HttpLogSetting setting : HttpLogSetting.values()) {
      String value =
          setting
              .defaultValue()
              .map(it -> it.isEmpty() ? "" : " [" + it + "]")
              .orElse(" (required)");
      help.append("  --%-22s %s%s%n".formatted(setting.key(), setting.meaning(), value));
    }
    return """
        flink run job.jar [--config FILE] [--setting value]...

        Settings come from the properties file, then the environment (SLUICE_KAFKA_BROKERS
        for kafka.brokers, SLUICE_KAFKA_CLIENT_SECURITY_PROTOCOL for
        kafka.client.security.protocol), then the arguments; later wins.

        """
        + help
        + "  --kafka.client.*          handed to the Kafka clients, e.g. security.protocol";
  }
}
