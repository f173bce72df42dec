package io.sluice.ops.rebuild;

import io.sluice.ops.sql.ClickHouseSql;
import java.util.List;

/**
 * The tables beside a level in which its new content grows:
 *
 * <pre>
 *   http_log ── the level's own views ──▶ LEVEL_rebuilt ──┐ ATTACH    REPLACE
 *   LEVEL, days not to be rebuilt ──────▶ LEVEL_kept ─────┘ PARTITION PARTITION ──▶ LEVEL
 * </pre>
 *
 * <p>LEVEL keeps its identity, so views into it and out of it do not notice, and its memory of
 * deduplication tokens, so that what it knows as stored is dropped also from now on.
 */
record Aside(ClickHouseSql sql, Levels levels, String level, Reach reach) {
  /** Two parts of the rows may give equal blocks, which without this would count once. */
  private static final String INSERT_SETTINGS =
      "SETTINGS insert_deduplicate = 0, asterisk_include_materialized_columns = 1";

  private String rebuilt() {
    return level + "_rebuilt";
  }

  private String kept() {
    return level + "_kept";
  }

  /** Makes the tables, empty; what a rebuild that was killed has left is gone then. */
  void create() {
    drop();
    sql.query("CREATE TABLE %s AS %s".formatted(rebuilt(), level));
    sql.query("CREATE TABLE %s AS %s".formatted(kept(), level));
  }

  void drop() {
    sql.query("DROP TABLE IF EXISTS %s SYNC".formatted(rebuilt()));
    sql.query("DROP TABLE IF EXISTS %s SYNC".formatted(kept()));
  }

  /** Adds what the level's views make of some rows of {@code http_log}. */
  void add(String condition) {
    String rows = "SELECT * FROM %s WHERE %s".formatted(Levels.ROWS, condition);
    insert(rebuilt(), "(" + levels.select(level, rows) + ")");
  }

  Sums rebuiltSums() {
    return sums(rebuilt(), "1");
  }

  /** As {@link #rebuiltSums}, one line per day: day, requests, bytes. */
  List<String> rebuiltByDay() {
    return sql.lines(
        "SELECT toDate(time) AS day, sum(requests), sum(bytes_sent) FROM %s GROUP BY day ORDER BY day"
            .formatted(rebuilt()));
  }

  Sums levelSums() {
    return sums(level, reach.covers("time"));
  }

  /** The ids of all partitions in which the level's content changes. */
  List<String> partitions() {
    return sql.lines(
        "SELECT DISTINCT id FROM (SELECT _partition_id AS id FROM %s WHERE %s UNION ALL SELECT _partition_id AS id FROM %s) ORDER BY id"
            .formatted(level, reach.covers("time"), rebuilt()));
  }

  /**
   * Copies from the level what is in these partitions and not of the days that are rebuilt. Does
   * nothing for a partition whose copy is up to date, so that it is quick the second time: rows are
   * only ever added to a level, hence its sum of requests tells.
   */
  void keep(List<String> partitions) {
    for (String id : partitions) {
      String rest = "_partition_id = '%s' AND %s".formatted(id, reach.leavesOut("time"));
      String copied = "_partition_id = '%s'".formatted(id);
      if (!sums(level, rest).equals(sums(kept(), copied))) {
        sql.query("ALTER TABLE %s DROP PARTITION ID '%s'".formatted(kept(), id));
        insert(kept(), level + " WHERE " + rest);
      }
    }
  }

  /** By the columns' names: a view may have them in another order. */
  private void insert(String table, String rows) {
    String columns =
        String.join(
            ", ",
            sql.lines(
                "SELECT name FROM system.columns WHERE concat(database, '.', table) = '%s' ORDER BY position"
                    .formatted(level)));
    sql.query(
        "INSERT INTO %s (%s) %s SELECT %s FROM %s"
            .formatted(table, columns, INSERT_SETTINGS, columns, rows));
  }

  /** Puts the new content into its place. Readers see either one or the other of a partition. */
  void replace(String partition) {
    sql.query(
        "ALTER TABLE %s ATTACH PARTITION ID '%s' FROM %s".formatted(rebuilt(), partition, kept()));
    String rows =
        "SELECT count() FROM %s WHERE _partition_id = '%s'".formatted(rebuilt(), partition);
    sql.query(
        sql.number(rows) == 0
            ? "ALTER TABLE %s DROP PARTITION ID '%s'".formatted(level, partition)
            : "ALTER TABLE %s REPLACE PARTITION ID '%s' FROM %s"
                .formatted(level, partition, rebuilt()));
  }

  private Sums sums(String table, String condition) {
    return Sums.of(
        sql.query(
            "SELECT sum(requests), sum(bytes_sent) FROM %s WHERE %s".formatted(table, condition)));
  }
}
