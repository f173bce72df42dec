package io.sluice.ops.capacity;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The tables of {@code sql/} that grow with the traffic, and what their definitions decide. */
public enum Level {
  RAW("http_log", Keeping.RAW, Span.SECOND, Span.DAY, Span.WEEK, 11),
  STATUS_MINUTE("http_log_status_minute", Keeping.HOUR, Span.MINUTE, Span.HOUR, Span.MONTH, 5),
  STATUS_HOUR("http_log_status_hour", Keeping.DAY, Span.HOUR, Span.MONTH, Span.MONTH, 5),
  MINUTE("http_log_minute", Keeping.MINUTE, Span.MINUTE, Span.HOUR, Span.DAY, 7),
  RESOURCE_HOUR("http_log_resource_hour", Keeping.HOUR, Span.HOUR, Span.DAY, Span.MONTH, 6),
  RESOURCE_DAY("http_log_resource_day", Keeping.DAY, Span.DAY, Span.MONTH, Span.MONTH, 6),
  NETWORK_HOUR("http_log_network_hour", Keeping.HOUR, Span.HOUR, Span.DAY, Span.MONTH, 6),
  DAY("http_log_day", Keeping.DAY, Span.DAY, Span.MONTH, Span.MONTH, 7);

  /** Which of the retentions that a user names it has. */
  public enum Keeping {
    RAW,
    MINUTE,
    HOUR,
    DAY
  }

  /** Lengths of time; a month is 30 days. */
  enum Span {
    SECOND(Duration.ofSeconds(1)),
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    WEEK(Duration.ofDays(7)),
    MONTH(Duration.ofDays(30));

    private final Duration length;

    Span(Duration length) {
      this.length = length;
    }

    long seconds() {
      return length.toSeconds();
    }
  }

  private final String table;
  private final Keeping keeping;
  private final Span bucket;
  private final Span sortedWithin;
  private final Span partition;
  private final int columns;

  Level(
      String table, Keeping keeping, Span bucket, Span sortedWithin, Span partition, int columns) {
    this.table = table;
    this.keeping = keeping;
    this.bucket = bucket;
    this.sortedWithin = sortedWithin;
    this.partition = partition;
    this.columns = columns;
  }

  /** Its name in the database {@code logs}. */
  public String table() {
    return table;
  }

  public Keeping keeping() {
    return keeping;
  }

  /** Rows of one key within this time become one row. */
  Span bucket() {
    return bucket;
  }

  /**
   * The rows of this time are sorted by key together, so that less of it compresses worse. A month
   * where the key comes before the time: there more days make a row smaller.
   */
  Span sortedWithin() {
    return sortedWithin;
  }

  Span partition() {
    return partition;
  }

  int columns() {
    return columns;
  }

  /** What expired is dropped by whole partitions, so that up to one more is there. */
  boolean dropsWholePartitions() {
    return this == RAW || this == MINUTE;
  }

  static List<String> tables() {
    return Arrays.stream(values()).map(Level::table).toList();
  }
}
