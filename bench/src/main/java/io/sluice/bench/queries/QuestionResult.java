package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sluice.bench.queries.Question.Kind;

/**
 * What one combination took. Null where it was not measured.
 *
 * @param warm repeated, with the caches that the repetition leaves
 * @param coldMillis the first run after the caches were dropped
 * @param rowsRead by the slowest kind of value, as are the bytes
 * @param rawMillis the same on http_log: median of few runs
 * @param equal whether both gave the same numbers
 * @param snapshotAgeSeconds how old the snapshot was
 * @param busy as warm, while rows were inserted
 * @param failure what ClickHouse said instead of an answer
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record QuestionResult(
    Kind kind,
    String by,
    Span range,
    Double goalMillis,
    Timing warm,
    Double coldMillis,
    Long rowsRead,
    Long bytesRead,
    Double rawMillis,
    Long rawRowsRead,
    Boolean equal,
    Long snapshotAgeSeconds,
    Timing busy,
    String failure) {
  static QuestionResult failed(Question question, String failure) {
    return new QuestionResult(
        question.kind(),
        question.split().label(),
        question.span(),
        goal(question),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        failure);
  }

  static Double goal(Question question) {
    return question.goalMillis().isPresent() ? question.goalMillis().getAsDouble() : null;
  }

  QuestionResult withBusy(Timing measured) {
    return new QuestionResult(
        kind,
        by,
        range,
        goalMillis,
        warm,
        coldMillis,
        rowsRead,
        bytesRead,
        rawMillis,
        rawRowsRead,
        equal,
        snapshotAgeSeconds,
        measured,
        failure);
  }

  /** Of the warm runs; infinite if there was no answer. */
  double p95Millis() {
    return warm == null ? Double.POSITIVE_INFINITY : warm.p95Millis();
  }
}
