package io.sluice.ops.capacity;

import io.sluice.ops.OperatorException;
import io.sluice.ops.sql.ClickHouseSql;
import java.time.LocalDate;

/**
 * Whole days of {@code http_log}, UTC.
 *
 * @param rows in these days
 */
record SampleRange(LocalDate firstDay, int days, long rows) {
  /** A day is whole if it has rows in 99 of 100 minutes: the first and last of a log seldom are. */
  private static final int MINUTES_OF_A_WHOLE_DAY = 1_426;

  SampleRange {
    if (days < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "days and rows are " + days + " and " + rows + ", must be at least 1");
    }
  }

  /**
   * The last whole days that follow each other.
   *
   * @throws OperatorException if there is not one
   */
  static SampleRange last(ClickHouseSql clickHouse, int mostDays) {
    String days =
        clickHouse.query(
            """
            SELECT toDate(timestamp) AS day, count()
            FROM logs.http_log GROUP BY day
            HAVING uniqExact(toStartOfMinute(timestamp)) >= %d
            ORDER BY day DESC LIMIT %d
            """
                .formatted(MINUTES_OF_A_WHOLE_DAY, mostDays));
    if (days.isEmpty()) {
      throw OperatorException.failed(
          "http_log has no whole day (UTC, rows in nearly every minute) to measure");
    }
    LocalDate first = null;
    long rows = 0;
    int count = 0;
    for (String line : days.split("\n", -1)) {
      String[] cells = line.split("\t", 2);
      LocalDate day = LocalDate.parse(cells[0]);
      if (first != null && !day.equals(first.minusDays(1))) {
        break;
      }
      first = day;
      rows += Long.parseLong(cells[1]);
      count++;
    }
    return new SampleRange(first, count, rows);
  }
}
