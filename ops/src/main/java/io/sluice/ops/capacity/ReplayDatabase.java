package io.sluice.ops.capacity;

import io.sluice.ops.sql.ClickHouseSql;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A database beside {@code logs} with the same tables and views, for as long as something is
 * measured. It is dropped by {@link #close()}.
 */
final class ReplayDatabase implements AutoCloseable {
  private static final String NAME = "logs_capacity_sample";

  /** A Monday and the first of a month, so that a replay is not cut by partitions by chance. */
  private static final long STARTS_AT = 1_704_067_200L; // 2024-01-01

  private final ClickHouseSql clickHouse;

  ReplayDatabase(ClickHouseSql clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** Empties everything, inserts the step's rows, merges all parts, and reads what they take. */
  Replay run(SampleRange range, ReplayStep step) {
    createTables();
    insert(range, step);
    for (Level level : Level.values()) {
      clickHouse.query("OPTIMIZE TABLE " + NAME + "." + level.table() + " FINAL");
    }
    Map<String, Replay.TableSize> sizes = sizes(clickHouse, NAME);
    return new Replay(step, sizes.get(Level.RAW.table()).rows(), sizes);
  }

  /** Rows and bytes of the active parts of each table that has some. */
  static Map<String, Replay.TableSize> sizes(ClickHouseSql clickHouse, String database) {
    String lines =
        clickHouse.query(
            """
            SELECT table, sum(rows), sum(bytes_on_disk) FROM system.parts
            WHERE active AND rows > 0 AND database = '%s' AND table IN (%s) GROUP BY table
            """
                .formatted(database, quotedTables()));
    Map<String, Replay.TableSize> sizes = new HashMap<>();
    for (String line : lines.split("\n", -1)) {
      String[] cells = line.split("\t", 3);
      if (cells.length == 3) {
        sizes.put(
            cells[0], new Replay.TableSize(Long.parseLong(cells[1]), Long.parseLong(cells[2])));
      }
    }
    return sizes;
  }

  private void createTables() {
    close();
    clickHouse.query("CREATE DATABASE " + NAME);
    for (Level level : Level.values()) {
      String table = NAME + "." + level.table();
      clickHouse.query("CREATE TABLE " + table + " AS logs." + level.table());
      if (clickHouse.query("SHOW CREATE TABLE " + table).contains("\\nTTL ")) {
        // The replay's times are years ago.
        clickHouse.query("ALTER TABLE " + table + " REMOVE TTL");
      }
    }
    String views =
        clickHouse.query(
            """
            SELECT name, as_select FROM system.tables
            WHERE database = 'logs' AND engine = 'MaterializedView'
              AND arrayExists(t -> name = concat(t, '_mv'), [%s])
            """
                .formatted(quotedTables()),
            "TSVRaw");
    for (String view : views.strip().split("\n", -1)) {
      String[] cells = view.split("\t", 2);
      String name = cells[0];
      clickHouse.query(
          "CREATE MATERIALIZED VIEW %s.%s TO %s.%s AS %s"
              .formatted(
                  NAME,
                  name,
                  NAME,
                  name.substring(0, name.length() - "_mv".length()),
                  cells[1].replaceAll("\\blogs\\.", NAME + ".")));
    }
  }

  /** {@code minutes_late} goes along: it is part of what a row takes. */
  private void insert(SampleRange range, ReplayStep step) {
    long from = range.firstDay().atStartOfDay().toEpochSecond(ZoneOffset.UTC);
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

  private static String quotedTables() {
    return Level.tables().stream().collect(Collectors.joining("', '", "'", "'"));
  }

  @Override
  public void close() {
    clickHouse.query("DROP DATABASE IF EXISTS " + NAME + " SYNC");
  }
}
