package io.sluice.ops.capacity;

import io.sluice.ops.sql.ClickHouseSql;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * A database beside {@code logs} with the same tables and views, for as long as something is
 * measured. It is dropped by {@link #close()}.
 */
record ReplayDatabase(ClickHouseSql clickHouse) implements AutoCloseable {
  private static final String NAME = "logs_capacity_sample";

  /** A Monday and the first of a month, so that a replay is not cut by partitions by chance. */
  private static final long STARTS_AT = 1_704_067_200L; // 2024-01-01

  private static final String TABLES = "'" + String.join("', '", Level.tables()) + "'";

  /** Empties everything, inserts the step's rows, merges all parts, and reads what they take. */
  Replay run(LocalDate firstDay, ReplayStep step) {
    createTables();
    insert(firstDay, step);
    for (String table : Level.tables()) {
      clickHouse.query("OPTIMIZE TABLE " + NAME + "." + table + " FINAL");
    }
    Map<String, Replay.TableSize> sizes = new HashMap<>();
    for (String line :
        clickHouse.lines(
            """
            SELECT table, sum(rows), sum(bytes_on_disk) FROM system.parts
            WHERE active AND rows > 0 AND database = '%s' AND table IN (%s) GROUP BY table
            """
                .formatted(NAME, TABLES))) {
      String[] cells = line.split("\t", 3);
      sizes.put(cells[0], new Replay.TableSize(Long.parseLong(cells[1]), Long.parseLong(cells[2])));
    }
    return new Replay(step, sizes.get(Level.RAW.table()).rows(), sizes);
  }

  private void createTables() {
    close();
    clickHouse.query("CREATE DATABASE " + NAME);
    for (String level : Level.tables()) {
      String table = NAME + "." + level;
      clickHouse.query("CREATE TABLE " + table + " AS logs." + level);
      if (clickHouse.query("SHOW CREATE TABLE " + table).contains("\\nTTL ")) {
        // The replay's times are years ago.
        clickHouse.query("ALTER TABLE " + table + " REMOVE TTL");
      }
    }
    for (String view :
        clickHouse.lines(
            """
            SELECT name, as_select FROM system.tables
            WHERE database = 'logs' AND engine = 'MaterializedView'
              AND arrayExists(t -> name = concat(t, '_mv'), [%s])
            FORMAT TSVRaw"""
                .formatted(TABLES))) {
      String[] cells = view.split("\t", 2);
      String table = NAME + "." + cells[0].replaceFirst("_mv$", "");
      clickHouse.query(
          "CREATE MATERIALIZED VIEW %s_mv TO %s AS %s"
              .formatted(table, table, cells[1].replaceAll("\\blogs\\.", NAME + ".")));
    }
  }

  /** {@code minutes_late} goes along: it is part of what a row takes. */
  private void insert(LocalDate firstDay, ReplayStep step) {
    long from = firstDay.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    clickHouse.query(
        """
        INSERT INTO %1$s.http_log (timestamp, resource_id, bytes_sent, request_time_milli,
            response_status, cache_status, method, remote_addr, url, minutes_late)
        SELECT toDateTime(%2$d + intDiv(toUInt32(timestamp) - %3$d, %4$d), 'UTC'), resource_id,
            bytes_sent, request_time_milli, response_status, cache_status, method, remote_addr, url,
            minutes_late
        FROM logs.http_log
        WHERE timestamp >= toDateTime(%3$d, 'UTC') AND timestamp < toDateTime(%5$d, 'UTC')
            AND cityHash64(timestamp, resource_id, bytes_sent, request_time_milli, remote_addr, url)
                %% %6$d = 0
        SETTINGS insert_allow_materialized_columns = 1, optimize_on_insert = 0,
            insert_deduplicate = 0, deduplicate_blocks_in_dependent_materialized_views = 0,
            async_insert = 0, max_partitions_per_insert_block = 0
        """
            .formatted(
                NAME,
                STARTS_AT,
                from,
                step.squeeze(),
                from + step.sourceSeconds(),
                step.thinning()));
  }

  @Override
  public void close() {
    clickHouse.query("DROP DATABASE IF EXISTS " + NAME + " SYNC");
  }
}
