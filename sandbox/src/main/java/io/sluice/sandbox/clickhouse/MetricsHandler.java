package io.sluice.sandbox.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET /metrics}: what a server shows to Prometheus on a port of its own ({@code
 * <prometheus>} in its configuration), under the same names and, as there, without a password:
 * {@code ClickHouseProfileEvents_*} from {@code system.events}, {@code ClickHouseMetrics_*} from
 * {@code system.metrics}, {@code ClickHouseAsyncMetrics_*}.
 *
 * <p>This engine has no {@code system.asynchronous_metrics}. Of those, the ones that alerts and
 * dashboards read are computed when they are asked for; a server computes them once a second.
 *
 * <p>Names and types are those of ClickHouse's {@code PrometheusMetricsWriter}; the engine's own
 * output format {@code Prometheus} writes them.
 */
final class MetricsHandler implements HttpHandler {
  private static final String METRICS =
      """
      SELECT concat('ClickHouseProfileEvents_', event) AS name, toFloat64(value) AS value,
          replaceAll(description, '\n', ' ') AS help, 'counter' AS type
      FROM system.events
      UNION ALL
      SELECT concat('ClickHouseMetrics_', metric), toFloat64(value),
          replaceAll(description, '\n', ' '), 'gauge'
      FROM system.metrics
      UNION ALL
      SELECT concat('ClickHouseAsyncMetrics_', tupleElement(each, 1)), tupleElement(each, 2),
          'Computed by the sandbox.', 'gauge'
      FROM (
          SELECT arrayJoin([
              ('MaxPartCountForPartition', toFloat64(max(parts))),
              ('TotalPartsOfMergeTreeTables', toFloat64(sum(parts))),
              ('TotalRowsOfMergeTreeTables', toFloat64(sum(partition_rows))),
              ('TotalBytesOfMergeTreeTables', toFloat64(sum(partition_bytes))),
              ('Uptime', toFloat64(uptime()))]) AS each
          FROM (
              SELECT count() AS parts, sum(rows) AS partition_rows, sum(bytes_on_disk) AS partition_bytes
              FROM system.parts WHERE active AND database != 'system'
              GROUP BY database, table, partition_id)
          UNION ALL
          SELECT arrayJoin([
              (concat('DiskAvailable_', name), toFloat64(free_space)),
              (concat('DiskTotal_', name), toFloat64(total_space)),
              (concat('DiskUsed_', name), toFloat64(total_space - free_space))])
          FROM system.disks)
      SETTINGS system_events_show_zero_values = 1
      """;

  private final ChdbEngine engine;

  MetricsHandler(ChdbEngine engine) {
    this.engine = engine;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      try (ChdbResult result =
          engine.inSession(true, session -> session.query(METRICS, "Prometheus"))) {
        result.writeTo(body);
      } catch (ClickHouseException e) {
        status = 500;
        body.writeBytes((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=UTF-8");
      exchange.sendResponseHeaders(status, body.size());
      body.writeTo(exchange.getResponseBody());
    }
  }
}
