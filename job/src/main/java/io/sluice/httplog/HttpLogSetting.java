package io.sluice.httplog;

import io.sluice.feed.settings.Setting;
import java.util.Optional;

/** Every setting of the job: its key, its default and what it means. */
enum HttpLogSetting implements Setting {
  KAFKA_BROKERS("kafka.brokers", null, "Kafka bootstrap servers, host:port[,host:port…]"),
  KAFKA_TOPIC("kafka.topic", "http_log", "topic with the Cap'n Proto messages"),
  KAFKA_GROUP("kafka.group", "sluice", "consumer group under which offsets are committed"),
  KAFKA_BOUNDED(
      "kafka.bounded", "false", "true: stop at the offsets that are the latest at the start"),
  DEAD_LETTERS_TOPIC(
      "dead-letters.topic", "http_log_dead_letters", "topic for messages that cannot be decoded"),
  DEAD_LETTERS_REQUIRED(
      "dead-letters.required",
      "false",
      "true: a dead letter that its topic refuses stops the lane; false: it is given up"),
  CLICKHOUSE_ENDPOINTS(
      "clickhouse.endpoints", null, "URL of the proxy; several, by comma, are as many lanes"),
  CLICKHOUSE_DATABASE("clickhouse.database", "logs", "database of the table"),
  CLICKHOUSE_TABLE("clickhouse.table", "http_log", "table that takes the rows"),
  CLICKHOUSE_USER("clickhouse.user", "default", "user; its password goes into the next"),
  CLICKHOUSE_PASSWORD("clickhouse.password", "", "better set by SLUICE_CLICKHOUSE_PASSWORD"),
  CLICKHOUSE_TLS_CA(
      "clickhouse.tls.ca", "", "PEM file: who signs https endpoints, instead of the JVM's own"),
  PROXY_WINDOW("proxy.window", "62.5s", "time between two requests; nginx's 1r/m is 62.5s"),
  REQUEST_MAX_BYTES(
      "request.max-bytes", "1047552", "largest request body; stay below client_max_body_size"),
  REQUEST_TIMEOUT("request.timeout", "5m", "after this a request's fate counts as unknown"),
  BUFFER_MAX_BYTES(
      "buffer.max-bytes",
      Setting.AUTO,
      "unsent data per lane, then the source is held; auto: a fifth of the heap, 1g at most"),
  ANONYMIZE_URL(
      "anonymize.url", "off", "addresses: mask those in urls; query: drop the query, too"),
  ZSTD_LEVEL("zstd.level", "3", "compression level, 1 (fast) to 19 (small)");

  private final String key;
  private final String defaultValue;
  private final String meaning;

  HttpLogSetting(String key, String defaultValue, String meaning) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
