package io.sluice.httplog;

import io.sluice.clickhouse.block.Table;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.Timeouts;
import io.sluice.clickhouse.send.RequestPacer;
import io.sluice.clickhouse.sink.ClickHouseSink;
import io.sluice.clickhouse.sink.SinkSettings;
import io.sluice.feed.anonymize.UrlPrivacy;
import io.sluice.feed.settings.AuthoritiesFile;
import io.sluice.feed.settings.ConfigException;
import io.sluice.feed.settings.Entered;
import io.sluice.feed.settings.SettingSources;
import io.sluice.feed.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;

/**
 * The job's configuration, checked.
 *
 * @param bounded stop at the offsets that are the latest at the start
 * @param kafkaClient further properties of the Kafka clients
 * @param urlPrivacy what of urls is not stored
 * @param sink where the rows go
 */
record HttpLogConfig(
    String brokers,
    String topic,
    String group,
    boolean bounded,
    String deadLettersTopic,
    boolean deadLettersRequired,
    Map<String, String> kafkaClient,
    UrlPrivacy urlPrivacy,
    ClickHouseSink<HttpLogRecord> sink) {
  private static final long MIB = 1L << 20;

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
          "%s is '%s', which is %s too; each dead letter would be read again and become another"
                  .formatted(
                      HttpLogSetting.DEAD_LETTERS_TOPIC.key(),
                      topic,
                      HttpLogSetting.KAFKA_TOPIC.key())
              + " one. Name a topic of its own");
    }
    Duration timeout =
        settings.duration(HttpLogSetting.REQUEST_TIMEOUT, Duration.ofSeconds(1), Timeouts.LONGEST);
    String user = settings.text(HttpLogSetting.CLICKHOUSE_USER);
    String password = password(settings.secret(HttpLogSetting.CLICKHOUSE_PASSWORD));
    String authorities =
        AuthoritiesFile.read(settings.secret(HttpLogSetting.CLICKHOUSE_TLS_CA), urls);
    Table<HttpLogRecord> table =
        HttpLogTable.httpLog(
            settings.matching(HttpLogSetting.CLICKHOUSE_DATABASE, IDENTIFIER, IDENTIFIER_WORDS),
            settings.matching(HttpLogSetting.CLICKHOUSE_TABLE, IDENTIFIER, IDENTIFIER_WORDS));
    long maxRequestBytes = settings.bytes(HttpLogSetting.REQUEST_MAX_BYTES, 64 << 10, 1024 * MIB);
    long maxBufferBytes =
        settings.bytesOrAuto(
            HttpLogSetting.BUFFER_MAX_BYTES,
            maxRequestBytes,
            1024 * 1024 * MIB,
            SinkSettings.WHAT_FITS);
    return new HttpLogConfig(
        settings.brokers(HttpLogSetting.KAFKA_BROKERS),
        topic,
        settings.text(HttpLogSetting.KAFKA_GROUP),
        settings.flag(HttpLogSetting.KAFKA_BOUNDED),
        deadLettersTopic,
        settings.flag(HttpLogSetting.DEAD_LETTERS_REQUIRED),
        settings.kafkaClient(),
        settings.oneOf(HttpLogSetting.ANONYMIZE_URL, UrlPrivacy.class),
        ClickHouseSink.<HttpLogRecord>builder()
            .table(table)
            .insertSettings(HttpLogTable.INSERT_SETTINGS)
            .endpoints(urls)
            .credentials(user, password)
            .trustedCertificates(authorities)
            .window(
                settings.duration(
                    HttpLogSetting.PROXY_WINDOW, Duration.ofMillis(1), RequestPacer.LONGEST_WINDOW))
            .requestTimeout(timeout)
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

  /** Without the settings of the Kafka clients and the user: passwords are among them. */
  @Override
  public String toString() {
    return "HttpLogConfig[topic=%s, table=%s, lanes=%d]"
        .formatted(topic, sink.table().qualifiedName(), sink.lanes());
  }

  /** One line per setting, for {@code --help}. */
  static String help() {
    return Arrays.stream(HttpLogSetting.values())
        .map(
            setting ->
                "  --%-22s %s%s"
                    .formatted(
                        setting.key(),
                        setting.meaning(),
                        setting
                            .defaultValue()
                            .map(value -> value.isEmpty() ? "" : " [" + value + "]")
                            .orElse(" (required)")))
        .collect(
            Collectors.joining(
                "\n",
                """
                flink run job.jar [--config FILE] [--setting value]...

                Settings come from the properties file, then the environment (SLUICE_KAFKA_BROKERS
                for kafka.brokers, SLUICE_KAFKA_CLIENT_SECURITY_PROTOCOL for
                kafka.client.security.protocol), then the arguments; later wins.

                """,
                "\n  --%s*          handed to the Kafka clients, e.g. security.protocol"
                    .formatted(SettingSources.KAFKA_CLIENT_PREFIX)));
  }
}
