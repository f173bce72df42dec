package io.sluice.httplog;

import io.sluice.clickhouse.block.Column;
import io.sluice.clickhouse.block.Table;
import java.util.List;
import java.util.Map;

/** The table {@code http_log}: which field of a record goes to which column. */
public final class HttpLogTable {
  /**
   * What its inserts are sent with: rows of one key are added up by merges, not before they are
   * written. With the tables of {@code sql/} that halves the time of an insert.
   */
  public static final Map<String, String> INSERT_SETTINGS = Map.of("optimize_on_insert", "0");

  private HttpLogTable() {}

  /**
   * The columns in the order of the table's definition. {@code cache_status} and {@code method} are
   * {@code LowCardinality(String)} there and {@code String} on the wire.
   *
   * @throws IllegalArgumentException if a name is not a plain identifier
   */
  public static Table<HttpLogRecord> httpLog(String database, String table) {
    return new Table<>(
        database,
        table,
        List.of(
            Column.dateTime("timestamp", r -> r.timestampEpochMilli),
            Column.uint64("resource_id", r -> r.resourceId),
            Column.uint64("bytes_sent", r -> r.bytesSent),
            Column.uint64("request_time_milli", r -> r.requestTimeMilli),
            Column.uint16("response_status", r -> r.responseStatus),
            Column.string("cache_status", r -> r.cacheStatus),
            Column.string("method", r -> r.method),
            Column.string("remote_addr", r -> r.remoteAddr),
            Column.string("url", r -> r.url)),
        r -> r.arrivalEpochMilli);
  }
}
