package io.sluice.bench.queries;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Holds a measurement against what was promised. */
final class Goals {
  private static final double DISK_BYTES = 10;

  /** All views against the plain cube: 0.70 M rows/s where that gives 0.71 M. */
  private static final double INSERT_RATIO = 0.70 / 0.71;

  private static final int LARGE_INSERT = 1_000_000;
  private static final long OLDEST_SNAPSHOT_SECONDS = 3_600;

  private Goals() {}

  static List<Goal> of(QueriesResult result) {
    List<Goal> goals = new ArrayList<>();
    for (boolean series : new boolean[] {true, false}) {
      for (Span span : Span.values()) {
        addTimes(
            goals,
            (series ? "time series over " : "top 20 over ") + span.label + ", p95",
            best(result, span, series));
      }
    }
    List<QuestionResult> asked = result.questions();
    if (!asked.isEmpty()) {
      long wrong =
          asked.stream().filter(each -> each.answer() == null || !each.answer().equal()).count();
      goals.add(
          new Goal(
              "answers equal to http_log's",
              "all",
              "%d of %d".formatted(asked.size() - wrong, asked.size()),
              wrong == 0));
    }
    if (result.disk() != null) {
      double extra = result.disk().extraBytesPerRawRow();
      goals.add(
          new Goal(
              "extra disk per raw row",
              "<= " + (int) DISK_BYTES + " B",
              "%.2f B".formatted(extra),
              extra <= DISK_BYTES));
    }
    addInserts(goals, result);
    return goals;
  }

  /** Of each combination the faster way, where there are two; a stale snapshot is none. */
  static List<QuestionResult> best(QueriesResult result, Span span, boolean series) {
    Map<Set<Dimension>, QuestionResult> best =
        result.questions().stream()
            .filter(each -> each.question().span() == span)
            .filter(each -> each.question().isSeries() == series)
            .filter(Goals::isCurrent)
            .collect(
                Collectors.toMap(
                    each -> each.question().dimensions(),
                    each -> each,
                    BinaryOperator.minBy(Comparator.comparing(QuestionResult::p95Millis))));
    return List.copyOf(best.values());
  }

  private static boolean isCurrent(QuestionResult result) {
    Long age = result.answer() == null ? null : result.answer().snapshotAgeSeconds();
    return age == null || age <= OLDEST_SNAPSHOT_SECONDS;
  }

  private static void addTimes(List<Goal> goals, String name, List<QuestionResult> combinations) {
    if (combinations.isEmpty()) {
      return;
    }
    QuestionResult worst =
        combinations.stream().max(Comparator.comparing(QuestionResult::p95Millis)).orElseThrow();
    double limit = worst.question().goalMillis();
    long reached = combinations.stream().filter(QuestionResult::reachesGoal).count();
    String busy =
        combinations.stream()
            .map(QuestionResult::busy)
            .filter(Objects::nonNull)
            .max(Comparator.comparing(Timing::p95Millis))
            .map(each -> "; %.1f ms while inserting".formatted(each.p95Millis()))
            .orElse("");
    goals.add(
        new Goal(
            name,
            "<= %.0f ms".formatted(limit),
            "%d of %d, worst %.1f ms (%s)%s"
                .formatted(
                    reached, combinations.size(), worst.p95Millis(), worst.question().by(), busy),
            reached == combinations.size()));
  }

  private static void addInserts(List<Goal> goals, QueriesResult result) {
    double views = rate(result, InsertVariant.ALL_VIEWS);
    double cube = rate(result, InsertVariant.CUBE);
    if (views > 0 && cube > 0) {
      goals.add(
          new Goal(
              "inserts of 1 M rows with all views",
              ">= 0.99 x cube",
              "%.2f M rows/s, the cube %.2f M: x %.2f"
                  .formatted(views / 1e6, cube / 1e6, views / cube),
              views / cube >= INSERT_RATIO));
    }
  }

  private static double rate(QueriesResult result, InsertVariant variant) {
    return result.inserts().stream()
        .filter(each -> each.variant() == variant && each.rowsPerInsert() == LARGE_INSERT)
        .mapToDouble(QueriesResult.InsertResult::rowsPerSecond)
        .findFirst()
        .orElse(0);
  }

  /**
   * A promise and what came of it.
   *
   * @param limit for people, such as {@code <= 30 ms}
   * @param measured for people
   */
  record Goal(String name, String limit, String measured, boolean reached) {}
}
