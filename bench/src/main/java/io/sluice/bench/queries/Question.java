package io.sluice.bench.queries;

import java.util.OptionalDouble;

/**
 * One combination that is measured.
 *
 * @param split what is filtered and grouped
 */
record Question(Kind kind, Split split, Span span) {
  /** How a question is put. */
  enum Kind {
    /** Requests and bytes over time, of what the filters leave. */
    SERIES("time series"),
    /** The 20 groups with the most requests, from the totals as they are now. */
    TOP("top 20, live"),
    /** The same from the last snapshot. */
    SNAPSHOT("top 20, snapshot"),
    /** The 20 busiest groups of what the filters leave. */
    MIXED("top 20, filtered");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** What p95 is to stay below; empty where nothing is promised. */
  OptionalDouble goalMillis() {
    return switch (kind) {
      case SERIES -> OptionalDouble.of(Span.SERIES_GOAL_MILLIS);
      case TOP, SNAPSHOT -> OptionalDouble.of(span.topGoalMillis());
      case MIXED -> OptionalDouble.empty();
    };
  }

  @Override
  public String toString() {
    return "%s, %s, %s".formatted(kind.label(), split.label(), span.label());
  }
}
