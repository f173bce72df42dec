package io.sluice.bench.queries;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements of a question: through the views that people use, and on {@code http_log} itself.
 * Both give the same columns in the same order, so that their answers can be compared as they are.
 */
final class QuestionSql {
  private static final int TOP = 20;

  private final Question question;
  private final Split split;

  QuestionSql(Question question) {
    this.question = question;
    this.split = question.split();
  }

  /**
   * As people ask it.
   *
   * @param values a literal for each filter
   */
  String asked(Span.Window window, Map<Split.Dimension, String> values) {
    return switch (question.kind()) {
      case SERIES ->
          "SELECT time, sum(requests) AS total_requests, sum(bytes_sent) AS total_bytes FROM "
              + traffic(window, "auto")
              + where(List.of(), values)
              + " GROUP BY time ORDER BY time";
      case TOP, MIXED ->
          "SELECT %s, sum(requests) AS total_requests, sum(bytes_sent) AS total_bytes FROM %s%s%s"
              .formatted(
                  groups(),
                  traffic(window, question.span().topStep().argument()),
                  where(List.of(), values),
                  busiest(true));
      case SNAPSHOT ->
          "SELECT %s, requests AS total_requests, bytes_sent AS total_bytes FROM %s%s"
              .formatted(groups(), snapshot(), busiest(false));
    };
  }

  /**
   * The same from {@code http_log}, over the range that the view makes of it.
   *
   * @param window for a snapshot what {@link #snapshotRange} says, else as asked
   */
  String raw(Span.Window window, Map<Split.Dimension, String> values) {
    boolean series = question.kind() == Question.Kind.SERIES;
    Span.Step step = series ? question.span().autoStep() : question.span().topStep();
    Span.Window read = question.kind() == Question.Kind.SNAPSHOT ? window : window.widened(step);
    List<String> range =
        List.of(
            "timestamp >= toDateTime(%d, 'UTC')".formatted(read.from()),
            "timestamp < toDateTime(%d, 'UTC')".formatted(read.to()));
    return "SELECT %s, count() AS total_requests, sum(bytes_sent) AS total_bytes FROM logs.http_log%s%s"
        .formatted(
            series ? step.function() + "(timestamp) AS time" : groups(),
            where(range, values),
            series ? " GROUP BY time ORDER BY time" : busiest(true));
  }

  /** Of a snapshot: from, to and age in seconds. */
  String snapshotRange() {
    return "SELECT toUnixTimestamp(min(from_time)), toUnixTimestamp(max(as_of)) + 1,"
        + " toInt64(toUnixTimestamp(now())) - toInt64(toUnixTimestamp(max(as_of))) FROM "
        + snapshot();
  }

  private String traffic(Span.Window window, String step) {
    return "logs.traffic(from = '%d', to = '%d', step = '%s', by = '%s')"
        .formatted(window.from(), window.to(), step, Split.Dimension.columns(split.used(), ","));
  }

  private String snapshot() {
    return "logs.traffic_top(range = '%s', by = '%s')"
        .formatted(
            question.span().label().replace(" ", ""), Split.Dimension.columns(split.groups(), ","));
  }

  private String groups() {
    return Split.Dimension.columns(split.groups(), ", ");
  }

  /** Groups with as many requests are in the order of their keys, so that there is one answer. */
  private String busiest(boolean grouped) {
    return (grouped ? " GROUP BY " + groups() : "")
        + " ORDER BY total_requests DESC, %s LIMIT %d".formatted(groups(), TOP);
  }

  private String where(List<String> range, Map<Split.Dimension, String> values) {
    List<String> conditions = new ArrayList<>(range);
    split.filters().forEach(each -> conditions.add(each.column() + " = " + values.get(each)));
    return conditions.isEmpty()
        ? ""
        : conditions.stream().collect(Collectors.joining(" AND ", " WHERE ", ""));
  }
}
