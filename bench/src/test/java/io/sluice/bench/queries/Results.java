package io.sluice.bench.queries;

import io.sluice.bench.queries.Question.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Made-up measurements. */
final class Results {
  private Results() {}

  /**
   * Made-up, cold twice and on {@code http_log} nine times as long.
   *
   * @param by one dimension, or all
   */
  static QuestionResult question(Kind kind, String by, Span span, double p95, Long age) {
    Set<Dimension> dimensions =
        by.equals("all") ? Set.of() : Set.of(Dimension.valueOf(by.toUpperCase(Locale.ROOT)));
    return new QuestionResult(
        new Question(kind, dimensions, span),
        new QuestionResult.Answer(
            new Timing(p95 / 2, p95), p95 * 2, 10, 100, p95 * 9, 90, true, age),
        null,
        null);
  }

  static QueriesResult.InsertResult insert(InsertVariant variant, long rowsPerSecond) {
    return new QueriesResult.InsertResult(variant, 1_000_000, rowsPerSecond, 1);
  }

  static QueriesResult of(
      List<QuestionResult> questions, List<QueriesResult.InsertResult> inserts, DiskUse disk) {
    return new QueriesResult(
        new QueriesResult.Machine("a processor", 2, 1_024, "1.2"),
        new DataSet(1_000, 42, 1_790_000_040),
        disk,
        true,
        Map.of(),
        questions,
        0,
        inserts);
  }
}
