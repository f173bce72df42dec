package io.sluice.ops.capacity;

import java.time.Duration;
import java.util.List;

/**
 * How long rows are kept, by the kind of table; whole days. Only a change of the TTLs in {@code
 * sql/} makes a server keep to it; the tables by day have none.
 *
 * @param raw of http_log, from when a row was stored
 * @param minute of http_log_minute
 * @param hour of the other tables that have a TTL
 * @param day of the tables that are kept for good: the time that is asked for
 */
public record Retention(Duration raw, Duration minute, Duration hour, Duration day) {
  public Retention {
    for (Duration each : List.of(raw, minute, hour, day)) {
      if (each.isZero() || !each.equals(Duration.ofDays(each.toDays()))) {
        throw new IllegalArgumentException(
            "retention is " + each + ", must be whole days, at least one");
      }
    }
  }

  /**
   * Days of rows that are there just before something is dropped. A partition that is dropped as a
   * whole goes when its last row has expired, and its first one has waited for that.
   */
  double mostDays(Level level) {
    return switch (level) {
      case RAW -> raw.toDays() + level.partition.days();
      case MINUTE -> minute.toDays() + level.partition.days();
      case STATUS_MINUTE, RESOURCE_HOUR, NETWORK_HOUR -> hour.toDays();
      case STATUS_HOUR, RESOURCE_DAY, DAY -> day.toDays();
    };
  }
}
