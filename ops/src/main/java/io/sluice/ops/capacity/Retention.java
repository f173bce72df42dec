package io.sluice.ops.capacity;

import java.time.Duration;

/**
 * How long rows are kept, by the kind of table. Only a change of the TTLs in {@code sql/} makes a
 * server keep to it; the tables by day have none.
 *
 * @param raw of http_log, from when a row was stored
 * @param minute of http_log_minute
 * @param hour of the other tables that have a TTL
 * @param day of the tables that are kept for good: the time that is asked for
 */
public record Retention(Duration raw, Duration minute, Duration hour, Duration day) {
  public Retention {
    check("raw", raw);
    check("minute", minute);
    check("hour", hour);
    check("day", day);
  }

  private static void check(String name, Duration retention) {
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "retention of " + name + " is " + retention + ", must be at least a day");
    }
  }

  Duration of(Level level) {
    return switch (level.keeping()) {
      case RAW -> raw;
      case MINUTE -> minute;
      case HOUR -> hour;
      case DAY -> day;
    };
  }

  /**
   * Days of rows that are there just before something is dropped. A partition goes when its last
   * row has expired, and its first one has waited for that.
   */
  double mostDays(Level level) {
    double days = (double) of(level).toSeconds() / Level.Span.DAY.seconds();
    return level.dropsWholePartitions() ? days + partitionDays(level) : days;
  }

  static double partitionDays(Level level) {
    return (double) level.partition().seconds() / Level.Span.DAY.seconds();
  }
}
