package io.sluice.bench.queries;

import java.util.List;
import java.util.regex.Pattern;

/** What an insert has to fill. Each is tried in a database of its own. */
enum InsertVariant {
  PLAIN("http_log alone"),
  ALL_VIEWS("http_log with all views"),
  CUBE("one minute cube, server's defaults"),
  CUBE_SUMMED_LATER("one minute cube, optimize_on_insert=0");

  private static final Pattern DATABASE = Pattern.compile("\\blogs\\b");

  /** Snapshots are taken now and then, whatever is inserted. */
  private static final Pattern REFRESHED = Pattern.compile("\\bREFRESH\\s+EVERY\\b");

  private static final Pattern HTTP_LOG =
      Pattern.compile(
          "^CREATE (DATABASE|OR REPLACE FUNCTION|TABLE IF NOT EXISTS \\w+\\.http_log\\s)");

  /** The tables that Sluice had first: the usual way to keep totals, and what others have. */
  private static final List<String> CUBE_TABLES =
      List.of(
          "CREATE DATABASE IF NOT EXISTS logs",
          """
          CREATE TABLE logs.http_log
          (
              timestamp DateTime,
              resource_id UInt64,
              bytes_sent UInt64,
              request_time_milli UInt64,
              response_status UInt16,
              cache_status LowCardinality(String),
              method LowCardinality(String),
              remote_addr String,
              url String
          )
          ENGINE = MergeTree
          PARTITION BY toDate(timestamp)
          ORDER BY (resource_id, timestamp)
          SETTINGS non_replicated_deduplication_window = 100000
          """,
          """
          CREATE TABLE logs.http_log_agg
          (
              minute DateTime,
              resource_id UInt64,
              response_status UInt16,
              cache_status LowCardinality(String),
              remote_addr String,
              bytes_sent UInt64,
              requests UInt64
          )
          ENGINE = SummingMergeTree((bytes_sent, requests))
          PARTITION BY toDate(minute)
          ORDER BY (resource_id, minute, response_status, cache_status, remote_addr)
          SETTINGS non_replicated_deduplication_window = 100000
          """,
          """
          CREATE MATERIALIZED VIEW logs.http_log_mv TO logs.http_log_agg AS
          SELECT
              toStartOfMinute(log.timestamp) AS minute,
              log.resource_id AS resource_id,
              log.response_status AS response_status,
              log.cache_status AS cache_status,
              log.remote_addr AS remote_addr,
              sum(log.bytes_sent) AS bytes_sent,
              count() AS requests
          FROM logs.http_log AS log
          GROUP BY minute, resource_id, response_status, cache_status, remote_addr
          """);

  final String label;

  InsertVariant(String label) {
    this.label = label;
  }

  /** As in a URL. */
  String settings() {
    return this == CUBE
        ? BenchClient.INSERT_SETTINGS
        : BenchClient.INSERT_SETTINGS + BenchClient.SUM_LATER;
  }

  /**
   * Creates database and tables.
   *
   * @param sql the statements of {@code sql/}, in order
   */
  List<String> statements(List<String> sql, String database) {
    List<String> statements =
        switch (this) {
          case PLAIN -> sql.stream().filter(each -> HTTP_LOG.matcher(each).find()).toList();
          case ALL_VIEWS -> sql.stream().filter(each -> !REFRESHED.matcher(each).find()).toList();
          case CUBE, CUBE_SUMMED_LATER -> CUBE_TABLES;
        };
    return statements.stream().map(each -> DATABASE.matcher(each).replaceAll(database)).toList();
  }
}
