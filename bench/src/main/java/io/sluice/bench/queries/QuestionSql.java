package io.sluice.bench.queries;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of a question: through the views that people use, and on {@code http_log} itself.
 * Both give the same columns in the same order, so that their answers can be compared as they are.
 */
final class QuestionSql {
  private static final int TOP = 20;

  private final Question question;
  private final String columns;

  QuestionSql(Question question) {
    this.question = question;
    this.columns = Dimension.columns(question.dimensions(), ", ");
  }

  /**
   * As people ask it.
   *
   * @param values a literal for each filter
   */
  String asked(Span.Window window, Map<Dimension, String> values) {
    return switch (question.kind()) {
      case SERIES ->
          "SELECT time, sum(requests) AS total_requests, sum(bytes_sent) AS total_bytes FROM "
              + traffic(window, "auto")
              + where(Stream.empty(), values)
              + " GROUP BY time ORDER BY time";
      case TOP ->
          "SELECT %s, sum(requests) AS total_requests, sum(bytes_sent) AS total_bytes FROM %s GROUP BY %s%s"
              .formatted(
                  columns, traffic(window, question.span().topStep.argument()), columns, busiest());
      case SNAPSHOT ->
          "SELECT %s, requests AS total_requests, bytes_sent AS total_bytes FROM %s%s"
              .formatted(columns, snapshot(), busiest());
    };
  }

  /**
   * The same from {@code http_log}, over the range that the view makes of it.
   *
   * @param window for a snapshot what {@link #snapshotRange} says, else as asked
   */
  String raw(Span.Window window, Map<Dimension, String> values) {
    Span.Step step = question.isSeries() ? question.span().autoStep : question.span().topStep;
    Span.Window read = question.kind() == Question.Kind.SNAPSHOT ? window : window.widened(step);
    Stream<String> range =
        Stream.of(
            "timestamp >= toDateTime(%d, 'UTC')".formatted(read.from()),
            "timestamp < toDateTime(%d, 'UTC')".formatted(read.to()));
    return "SELECT %s, count() AS total_requests, sum(bytes_sent) AS total_bytes FROM logs.http_log%s%s"
        .formatted(
            question.isSeries() ? step.function + "(timestamp) AS time" : columns,
            where(range, values),
            question.isSeries()
                ? " GROUP BY time ORDER BY time"
                : " GROUP BY " + columns + busiest());
  }

  /** Of a snapshot: from, to and age in seconds. */
  String snapshotRange() {
    return "SELECT toUnixTimestamp(min(from_time)), toUnixTimestamp(max(as_of)) + 1,"
        + " toInt64(toUnixTimestamp(now())) - toInt64(toUnixTimestamp(max(as_of))) FROM "
        + snapshot();
  }

  private String traffic(Span.Window window, String step) {
    return "logs.traffic(from = '%d', to = '%d', step = '%s', by = '%s')"
        .formatted(window.from(), window.to(), step, Dimension.columns(question.dimensions(), ","));
  }

  private String snapshot() {
    return "logs.traffic_top(range = '%s', by = '%s')"
        .formatted(
            question.span().label.replace(" ", ""), Dimension.columns(question.dimensions(), ","));
  }

  /** Groups with as many requests are in the order of their keys, so that there is one answer. */
  private String busiest() {
    return " ORDER BY total_requests DESC, %s LIMIT %d".formatted(columns, TOP);
  }

  private String where(Stream<String> range, Map<Dimension, String> values) {
    Stream<String> filters =
        question.dimensions().stream()
            .filter(each -> question.isSeries())
            .map(each -> each.column() + " = " + values.get(each));
    List<String> conditions = Stream.concat(range, filters).toList();
    return conditions.isEmpty()
        ? ""
        : conditions.stream().collect(Collectors.joining(" AND ", " WHERE ", ""));
  }
}
