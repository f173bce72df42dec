package io.sluice.bench.queries;

import java.util.Locale;

/** A range that people look at, with what is promised for it. */
enum Span {
  HOUR("1 h", 3_600, Step.MINUTE, Step.MINUTE, 50),
  DAY("24 h", 86_400, Step.MINUTE, Step.HOUR, 100),
  MONTH("30 d", 30 * 86_400, Step.HOUR, Step.DAY, 50);

  /** Below it 95% of the charts over time are to stay, in every range. */
  static final double SERIES_GOAL_MILLIS = 30;

  final String label;
  final long seconds;

  /** What {@code traffic} takes for a range of this length when it is told auto. */
  final Step autoStep;

  /** The step that the busiest are asked with: the coarsest that still fits the range. */
  final Step topStep;

  final double topGoalMillis;

  Span(String label, long seconds, Step autoStep, Step topStep, double topGoalMillis) {
    this.label = label;
    this.seconds = seconds;
    this.autoStep = autoStep;
    this.topStep = topStep;
    this.topGoalMillis = topGoalMillis;
  }

  Window until(long endEpochSecond) {
    return new Window(endEpochSecond - seconds, endEpochSecond);
  }

  /**
   * A range of time.
   *
   * @param from the first second, since 1970
   * @param to the second after the last
   */
  record Window(long from, long to) {
    /** Widened to whole steps, as {@code traffic} does. */
    Window widened(Step step) {
      return new Window(step.floor(from), step.ceiling(to));
    }
  }

  enum Step {
    MINUTE(60, "toStartOfMinute"),
    HOUR(3_600, "toStartOfHour"),
    DAY(86_400, "toStartOfDay");

    private final long seconds;

    /** Of ClickHouse. */
    final String function;

    Step(long seconds, String function) {
      this.seconds = seconds;
      this.function = function;
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
}
