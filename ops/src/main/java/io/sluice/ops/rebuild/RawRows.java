package io.sluice.ops.rebuild;

import io.sluice.ops.sql.ClickHouseSql;
import java.time.Instant;
import java.util.List;

/** The rows of {@code http_log} of some days, by when they were stored. */
record RawRows(ClickHouseSql sql, Reach reach) {

  /** A condition for rows stored in [from, to). */
  String stored(Instant from, Instant to) {
    return "%s AND stored_at < %s".formatted(storedSince(from), Reach.time(to));
  }

  String storedSince(Instant from) {
    return "%s AND stored_at >= %s".formatted(reach.covers("timestamp"), Reach.time(from));
  }

  static String of(String day, String condition) {
    return "timestamp >= toDateTime('%s 00:00:00', 'UTC') AND timestamp <= toDateTime('%s 23:59:59', 'UTC') AND %s"
        .formatted(day, day, condition);
  }

  Sums sums(String condition) {
    return Sums.of(
        sql.query(
            "SELECT count(), sum(bytes_sent) FROM %s WHERE %s".formatted(Levels.ROWS, condition)));
  }

  /** One line per day: day, rows, bytes. */
  List<String> byDay(String condition) {
    return sql.lines(
        "SELECT toDate(timestamp) AS day, count(), sum(bytes_sent) FROM %s WHERE %s GROUP BY day ORDER BY day"
            .formatted(Levels.ROWS, condition));
  }

  long count() {
    return sql.number(
        "SELECT count() FROM %s WHERE %s".formatted(Levels.ROWS, reach.covers("timestamp")));
  }
}
