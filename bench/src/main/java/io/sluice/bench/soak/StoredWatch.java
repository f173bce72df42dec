package io.sluice.bench.soak;

import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.Audit;
import io.sluice.ops.sql.ClickHouseSql;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What ClickHouse has; the last answer while it is away. Not thread-safe. */
final class StoredWatch {
  private static final String BY_SECOND =
      "SELECT toUnixTimestamp(timestamp) AS second, count() FROM logs.http_log GROUP BY second";

  private final ClickHouseSql sql;
  private final Audit audit;
  private final AgeDistribution ages = new AgeDistribution();
  private long rows;
  private long totals;

  StoredWatch(ClickHouseSql sql) {
    this.sql = sql;
    this.audit = new Audit(sql);
  }

  /** Asks; cheap, unless there are new rows. */
  void look() {
    try {
      long now = audit.rows();
      long seenAtEpochMilli = System.currentTimeMillis();
      if (now != rows) {
        ages.look(bySecond(), seenAtEpochMilli);
        rows = now;
      }
      totals = audit.totals();
    } catch (OperatorException clickHouseIsAway) {
      // The last readings stay.
    }
  }

  private NavigableMap<Long, Long> bySecond() {
    NavigableMap<Long, Long> bySecond = new TreeMap<>();
    for (String line : sql.query(BY_SECOND).lines().toList()) {
      String[] fields = line.split("\t", -1);
      bySecond.put(Long.valueOf(fields[0]), Long.valueOf(fields[1]));
    }
    return bySecond;
  }

  long rows() {
    return rows;
  }

  long totals() {
    return totals;
  }

  AgeDistribution ages() {
    return ages;
  }
}
