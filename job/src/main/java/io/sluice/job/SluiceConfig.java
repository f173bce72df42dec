package io.sluice.job;

import io.sluice.block.BlockSettings;
import io.sluice.block.Table;
import io.sluice.clickhouse.Endpoint;
import io.sluice.clickhouse.InsertStatement;
import io.sluice.clickhouse.Timeouts;
import io.sluice.record.HttpLogRecord;
import io.sluice.sink.SinkSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The job's configuration, checked.
 *
 * @param bounded stop at the offsets that are the latest at the start
 * @param kafkaClient further properties of the Kafka clients
 * @param table where the rows go
 */
record SluiceConfig(
    String brokers,
    String topic,
    String group,
    boolean bounded,
    String deadLettersTopic,
    Map<String, String> kafkaClient,
    Table<HttpLogRecord> table,
    BlockSettings blocks,
    SinkSettings sink) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CONTINUE_WAIT = Duration.ofSeconds(3);
  private static final long MIB = 1L << 20;

  /**
   * A block fills a quarter of a request at most, or requests could not be filled; above 256 KiB
   * compression gains nothing more.
   */
  private static final long LARGEST_BLOCK_BYTES = 256L << 10;

  private static final int MAX_RAW_BLOCK_BYTES = 16 << 20;

  /**
   * @throws ConfigException in one line, with the setting at fault
   */
  static SluiceConfig read(String[] args, Map<String, String> environment) {
    Settings settings = Settings.read(args, environment);
    Duration timeout = settings.duration(Setting.REQUEST_TIMEOUT, Duration.ofSeconds(1));
    String user = settings.text(Setting.CLICKHOUSE_USER);
    String password = settings.optionalText(Setting.CLICKHOUSE_PASSWORD);
    List<URI> urls = settings.urls(Setting.CLICKHOUSE_ENDPOINTS);
    if (new HashSet<>(urls).size() < urls.size()) {
      throw new ConfigException(
          "%s names an endpoint twice; two lanes would fight for one window"
              .formatted(Setting.CLICKHOUSE_ENDPOINTS.key()));
    }
    String topic = settings.text(Setting.KAFKA_TOPIC);
    String deadLettersTopic = settings.text(Setting.DEAD_LETTERS_TOPIC);
    if (deadLettersTopic.equals(topic)) {
      throw new ConfigException(
          "%s is '%s', which is %s too; each dead letter would be read again and become another"
                  .formatted(Setting.DEAD_LETTERS_TOPIC.key(), topic, Setting.KAFKA_TOPIC.key())
              + " one. Name a topic of its own");
    }
    long maxRequestBytes = settings.bytes(Setting.REQUEST_MAX_BYTES, 64 << 10, 1024 * MIB);
    try {
      Table<HttpLogRecord> table =
          HttpLogTable.httpLog(
              settings.text(Setting.CLICKHOUSE_DATABASE), settings.text(Setting.CLICKHOUSE_TABLE));
      Timeouts timeouts = new Timeouts(CONNECT_TIMEOUT, CONTINUE_WAIT, timeout, timeout);
      return new SluiceConfig(
          settings.text(Setting.KAFKA_BROKERS),
          topic,
          settings.text(Setting.KAFKA_GROUP),
          settings.flag(Setting.KAFKA_BOUNDED),
          deadLettersTopic,
          settings.kafkaClient(),
          table,
          blocks(maxRequestBytes, settings.number(Setting.ZSTD_LEVEL, 1, 19)),
          new SinkSettings(
              urls.stream().map(url -> new Endpoint(url, user, password, timeouts)).toList(),
              new InsertStatement(table.database(), table.name(), table.columnNames()),
              settings.duration(Setting.PROXY_WINDOW, Duration.ofMillis(1)),
              maxRequestBytes,
              settings.bytesOrAuto(
                  Setting.BUFFER_MAX_BYTES,
                  maxRequestBytes,
                  1024 * 1024 * MIB,
                  SinkSettings.WHAT_FITS)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  int lanes() {
    return sink.lanes().size();
  }

  private static BlockSettings blocks(long maxRequestBytes, int zstdLevel) {
    int maxBlockBytes = (int) Math.min(LARGEST_BLOCK_BYTES, maxRequestBytes / 4);
    return new BlockSettings(maxBlockBytes, MAX_RAW_BLOCK_BYTES, zstdLevel);
  }

  /** One line per setting, for {@code --help}. */
  static String help() {
    return Arrays.stream(Setting.values())
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
                for kafka.brokers), then the arguments; later wins.

                """,
                "\n  --%s*          handed to the Kafka clients, e.g. security.protocol"
                    .formatted(Settings.KAFKA_CLIENT_PREFIX)));
  }
}
