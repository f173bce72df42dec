package io.sluice.ops.audit;

import io.sluice.ops.sql.ClickHouseSql;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From which day on, in UTC, tables of {@code logs} have every row that they ever got.
 *
 * <p>Rows expire by the second and are dropped some time later, when parts are merged. So a table
 * is only taken for complete from a day on that has not even begun to expire.
 *
 * @param rows from when on {@code http_log} has every row
 * @param tables the same of each table by itself
 */
public record Kept(LocalDate rows, Map<String, LocalDate> tables) {
  private static final Pattern TTL = Pattern.compile("TTL .*\\+ toIntervalDay\\((\\d+)\\)");
  private static final String ROWS = "http_log";

  /**
   * Asks for the tables' TTLs and ages.
   *
   * <p>An hour before midnight the next day counts as begun, for the time that it takes to read.
   */
  static Kept read(ClickHouseSql sql) {
    LocalDate today = LocalDate.parse(sql.query("SELECT toDate(now('UTC') + INTERVAL 1 HOUR)"));
    Map<String, LocalDate> tables = new HashMap<>();
    LocalDate created = today;
    for (String line :
        sql.lines(
            "SELECT name, toDate(toTimeZone(metadata_modification_time, 'UTC')), engine_full FROM system.tables"
                + " WHERE database = 'logs' AND engine LIKE '%MergeTree' FORMAT TSVRaw")) {
      String[] columns = line.split("\t", 3);
      LocalDate changed = LocalDate.parse(columns[1]);
      created = changed.isBefore(created) ? changed : created;
      tables.put(columns[0], firstDay(today, columns[2]));
    }
    return of(tables, created);
  }

  /**
   * What a row of {@code http_log} keeps it from when it was stored, so a table that is younger
   * than that has all of them, however old.
   *
   * @param created the day on which the oldest of the tables was
   */
  static Kept of(Map<String, LocalDate> tables, LocalDate created) {
    LocalDate rows = tables.getOrDefault(ROWS, LocalDate.EPOCH);
    return new Kept(created.isBefore(rows) ? rows : LocalDate.EPOCH, tables);
  }

  /**
   * The first day of which not even the first second has expired, nor will while today lasts.
   *
   * @param today in UTC
   * @param engine as in {@code system.tables.engine_full}; a TTL counts if it is in days
   */
  public static LocalDate firstDay(LocalDate today, String engine) {
    Matcher ttl = TTL.matcher(engine);
    return ttl.find() ? today.minusDays(Long.parseLong(ttl.group(1)) - 1) : LocalDate.EPOCH;
  }

  /** From when on both {@code http_log} and a table of totals have every row. */
  LocalDate level(String table) {
    LocalDate level = tables.getOrDefault(table, LocalDate.EPOCH);
    return level.isAfter(rows) ? level : rows;
  }
}
