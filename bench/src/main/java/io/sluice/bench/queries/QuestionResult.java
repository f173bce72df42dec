package io.sluice.bench.queries;

/**
 * What one combination took.
 *
 * @param answer null if there was none
 * @param busy as warm, while rows were inserted; null if that was not measured
 * @param failure what ClickHouse said instead of an answer
 */
record QuestionResult(Question question, Answer answer, Timing busy, String failure) {
  /**
   * What was measured.
   *
   * @param warm repeated, with the caches that the repetition leaves
   * @param coldMillis the first run after the caches were dropped
   * @param rowsRead by the slowest kind of value, as are the bytes
   * @param rawMillis the same on http_log: median of few runs
   * @param equal whether both gave the same numbers
   * @param snapshotAgeSeconds how old the snapshot was; null if there was none
   */
  record Answer(
      Timing warm,
      double coldMillis,
      long rowsRead,
      long bytesRead,
      double rawMillis,
      long rawRowsRead,
      boolean equal,
      Long snapshotAgeSeconds) {}

  /** Of the warm runs; infinite if there was no answer. */
  double p95Millis() {
    return answer == null ? Double.POSITIVE_INFINITY : answer.warm().p95Millis();
  }

  boolean reachesGoal() {
    return p95Millis() <= question.goalMillis();
  }
}
