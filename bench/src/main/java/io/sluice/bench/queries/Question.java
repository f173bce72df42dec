package io.sluice.bench.queries;

import java.util.Set;

/**
 * One combination that is measured.
 *
 * @param dimensions that are filtered by, each with one value, or grouped by
 */
record Question(Kind kind, Set<Dimension> dimensions, Span span) {
  enum Kind {
    /** Requests and bytes over time, of what the filters leave. */
    SERIES("time series"),
    /** The 20 groups with the most requests, from the totals as they are now. */
    TOP("top 20, live"),
    /** The same from the last snapshot. */
    SNAPSHOT("top 20, snapshot");

    final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  boolean isSeries() {
    return kind == Kind.SERIES;
  }

  /** What p95 is to stay below. */
  double goalMillis() {
    return isSeries() ? Span.SERIES_GOAL_MILLIS : span.topGoalMillis;
  }

  /** For people, such as {@code resource_id, network}. */
  String by() {
    return dimensions.isEmpty() ? "all" : Dimension.columns(dimensions, ", ");
  }

  @Override
  public String toString() {
    return "%s, %s, %s".formatted(kind.label, by(), span.label);
  }
}
