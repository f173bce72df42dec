package io.sluice.ops.rebuild;

import io.sluice.ops.audit.Kept;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The days, in UTC, of which {@code http_log} and the level both have every row.
 *
 * @param from the first day
 * @param to the day after the last
 */
record Reach(LocalDate from, LocalDate to) {
  /** Clocks of edges that are ahead by less than this cost no row. */
  private static final int DAYS_AHEAD = 2;

  Reach {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from: " + from + ", must be before " + to);
    }
  }

  /** What all of these tables have, by {@link Kept#firstDay}. */
  static Reach of(LocalDate today, Iterable<String> engines) {
    LocalDate from = LocalDate.EPOCH;
    for (String engine : engines) {
      LocalDate first = Kept.firstDay(today, engine);
      from = first.isAfter(from) ? first : from;
    }
    return new Reach(from, today.plusDays(DAYS_AHEAD));
  }

  Reach since(LocalDate day) {
    return new Reach(day.isAfter(from) ? day : from, to);
  }

  String covers(String column) {
    return "%s >= %s AND %s < %s".formatted(column, start(from), column, start(to));
  }

  String leavesOut(String column) {
    return "(%s < %s OR %s >= %s)".formatted(column, start(from), column, start(to));
  }

  private static String start(LocalDate day) {
    return time(day.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /** As an expression; seconds, so that no time zone can get into it. */
  static String time(Instant instant) {
    return "toDateTime(" + instant.getEpochSecond() + ", 'UTC')";
  }

  @Override
  public String toString() {
    return from + " to " + to.minusDays(1);
  }
}
