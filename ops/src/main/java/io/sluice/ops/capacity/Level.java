package io.sluice.ops.capacity;

import java.util.List;
import java.util.stream.Stream;

/** The tables of {@code sql/} that grow with the traffic, and what their definitions decide. */
public enum Level {
  RAW("http_log", Span.SECOND, Span.DAY, Span.WEEK, 11),
  STATUS_MINUTE("http_log_status_minute", Span.MINUTE, Span.HOUR, Span.MONTH, 5),
  STATUS_HOUR("http_log_status_hour", Span.HOUR, Span.MONTH, Span.MONTH, 5),
  MINUTE("http_log_minute", Span.MINUTE, Span.HOUR, Span.DAY, 7),
  RESOURCE_HOUR("http_log_resource_hour", Span.HOUR, Span.DAY, Span.MONTH, 6),
  RESOURCE_DAY("http_log_resource_day", Span.DAY, Span.MONTH, Span.MONTH, 6),
  NETWORK_HOUR("http_log_network_hour", Span.HOUR, Span.DAY, Span.MONTH, 6),
  DAY("http_log_day", Span.DAY, Span.MONTH, Span.MONTH, 7);

  /** Lengths of time; a month is 30 days. */
  enum Span {
    SECOND(1),
    MINUTE(60),
    HOUR(3_600),
    DAY(86_400),
    WEEK(7 * 86_400),
    MONTH(30 * 86_400);

    final long seconds;

    Span(long seconds) {
      this.seconds = seconds;
    }

    double days() {
      return (double) seconds / DAY.seconds;
    }
  }

  private final String table;

  /** Rows of one key within this time become one row. */
  final Span bucket;

  /**
   * The rows of this time are sorted by key together, so that less of it compresses worse. A month
   * where the key comes before the time: there more days make a row smaller.
   */
  final Span sortedWithin;

  final Span partition;
  final int columns;

  Level(String table, Span bucket, Span sortedWithin, Span partition, int columns) {
    this.table = table;
    this.bucket = bucket;
    this.sortedWithin = sortedWithin;
    this.partition = partition;
    this.columns = columns;
  }

  public String table() {
    return table;
  }

  static List<String> tables() {
    return Stream.of(values()).map(Level::table).toList();
  }
}
