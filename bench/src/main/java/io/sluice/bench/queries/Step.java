package io.sluice.bench.queries;

import java.util.Locale;

/** A bucket of time. */
enum Step {
  MINUTE(60, "toStartOfMinute"),
  HOUR(3_600, "toStartOfHour"),
  DAY(86_400, "toStartOfDay");

  private final long seconds;
  private final String function;

  Step(long seconds, String function) {
    this.seconds = seconds;
    this.function = function;
  }

  /** Of ClickHouse. */
  String function() {
    return function;
  }

  /** As {@code traffic} takes it. */
  String argument() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The last bucket's start at or before a time. */
  long floor(long epochSecond) {
    return Math.floorDiv(epochSecond, seconds) * seconds;
  }

  /** The first bucket's start at or after a time. */
  long ceiling(long epochSecond) {
    return floor(epochSecond + seconds - 1);
  }
}
