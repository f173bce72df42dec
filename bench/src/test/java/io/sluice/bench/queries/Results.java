package io.sluice.bench.queries;

import io.sluice.bench.queries.Question.Kind;
import java.util.List;
import java.util.Map;

/** Made-up measurements. */
final class Results {
  private Results() {}

  static QuestionResult question(Kind kind, String by, Span span, double p95, Long age) {
    double goal = kind == Kind.SERIES ? Span.SERIES_GOAL_MILLIS : span.topGoalMillis();
    Timing warm = new Timing(20, p95 / 2, p95, p95);
    return new QuestionResult(
        kind, by, span, goal, warm, p95 * 2, 10L, 100L, p95 * 9, 90L, true, age, null, null);
  }

  static QueriesResult.InsertResult insert(InsertVariant variant, long rowsPerSecond) {
    return new QueriesResult.InsertResult(variant, 1_000_000, rowsPerSecond, 1, 3);
  }

  static QueriesResult of(
      List<QuestionResult> questions, List<QueriesResult.InsertResult> inserts, DiskUse disk) {
    return new QueriesResult(
        new QueriesResult.Machine("a processor", 2, 1_024, "1.2"),
        new DataSet(1_000, 42, 1_790_000_040),
        null,
        disk,
        true,
        Map.of(),
        questions,
        0,
        inserts);
  }
}
