package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tables take on disk, by {@code system.parts}.
 *
 * @param rawRows of {@code http_log}
 * @param tables all of the database, {@code http_log} among them
 * @param addedColumnsBytes of {@code http_log} for totals and retention: network, minutes_late
 */
record DiskUse(long rawRows, List<TableUse> tables, long addedColumnsBytes) {
  /** One table's active parts. */
  record TableUse(String table, long rows, long bytes, long parts) {}

  static DiskUse read(BenchClient client) {
    long rawRows = client.number("SELECT count() FROM logs.http_log");
    List<TableUse> tables = new ArrayList<>();
    for (JsonNode row :
        client.rows(
            """
            SELECT table, toInt64(sum(rows)), toInt64(sum(bytes_on_disk)), toInt64(count())
            FROM system.parts WHERE database = 'logs' AND active GROUP BY table ORDER BY table
            """)) {
      tables.add(
          new TableUse(
              row.path(0).asText(),
              row.path(1).asLong(),
              row.path(2).asLong(),
              row.path(3).asLong()));
    }
    long added =
        client.number(
            """
            SELECT toInt64(sum(column_bytes_on_disk)) FROM system.parts_columns
            WHERE database = 'logs' AND active AND table = 'http_log' AND column IN ('network', 'minutes_late')
            """);
    return new DiskUse(rawRows, tables, added);
  }

  /** All but {@code http_log} as it came from Kafka. */
  double extraBytesPerRawRow() {
    long totals =
        tables.stream()
            .filter(each -> !each.table().equals("http_log"))
            .mapToLong(TableUse::bytes)
            .sum();
    return perRawRow(totals + addedColumnsBytes);
  }

  double perRawRow(long bytes) {
    return bytes / (double) Math.max(1, rawRows);
  }
}
