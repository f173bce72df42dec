package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.queries.BenchClient.Timed;
import io.sluice.ops.OperatorException;
import io.sluice.ops.report.Quantiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures one question after the other. */
final class QuestionBench {
  /** A statement is not repeated for longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final BenchClient client;
  private final ColdCaches caches;
  private final List<Map<Split.Dimension, String>> values;
  private final int runs;

  /**
   * @param values for the filters; the runs take them in turns
   * @param runs of each question
   */
  QuestionBench(
      BenchClient client, ColdCaches caches, List<Map<Split.Dimension, String>> values, int runs) {
    this.client = client;
    this.caches = caches;
    this.values = values;
    this.runs = runs;
  }

  /** Cold, warm, and on {@code http_log}; an answer that ClickHouse refuses is a result too. */
  QuestionResult measure(Question question, long endEpochSecond) {
    try {
      return measured(question, endEpochSecond);
    } catch (OperatorException refused) {
      return QuestionResult.failed(question, refused.getMessage());
    }
  }

  private QuestionResult measured(Question question, long endEpochSecond) {
    QuestionSql sql = new QuestionSql(question);
    Span.Window window = question.span().until(endEpochSecond);
    List<Map<Split.Dimension, String>> picks = picks(question);
    caches.drop();
    double cold = client.ask(sql.asked(window, picks.get(0))).millis();
    List<Timed> answers = picks.stream().map(pick -> client.ask(sql.asked(window, pick))).toList();
    Timing warm = repeat(sql, window, picks);
    Long age = null;
    Span.Window rawWindow = window;
    if (question.kind() == Question.Kind.SNAPSHOT) {
      JsonNode range = client.rows(sql.snapshotRange()).path(0);
      rawWindow = new Span.Window(range.path(0).asLong(), range.path(1).asLong());
      age = range.path(2).asLong();
    }
    List<Timed> raws = raw(sql, rawWindow, picks);
    boolean equal = true;
    for (int i = 0; i < raws.size(); i++) {
      equal &= raws.get(i).data().equals(answers.get(i).data());
    }
    return new QuestionResult(
        question.kind(),
        question.split().label(),
        question.span(),
        QuestionResult.goal(question),
        warm,
        Timing.hundredths(cold),
        answers.stream().mapToLong(Timed::rowsRead).max().orElse(0),
        answers.stream().mapToLong(Timed::bytesRead).max().orElse(0),
        Timing.hundredths(Quantiles.median(raws, Timed::millis)),
        raws.stream().mapToLong(Timed::rowsRead).max().orElse(0),
        equal,
        age,
        null,
        null);
  }

  /** Warm only. */
  Timing again(Question question, long endEpochSecond) {
    QuestionSql sql = new QuestionSql(question);
    Span.Window window = question.span().until(endEpochSecond);
    List<Map<Split.Dimension, String>> picks = picks(question);
    client.ask(sql.asked(window, picks.get(0)));
    return repeat(sql, window, picks);
  }

  private List<Map<Split.Dimension, String>> picks(Question question) {
    return question.split().filters().isEmpty() ? List.of(Map.of()) : values;
  }

  private Timing repeat(
      QuestionSql sql, Span.Window window, List<Map<Split.Dimension, String>> picks) {
    List<Double> millis = new ArrayList<>();
    long startNanos = System.nanoTime();
    while (millis.size() < runs
        && (millis.isEmpty() || System.nanoTime() - startNanos < PATIENCE.toNanos())) {
      millis.add(client.ask(sql.asked(window, picks.get(millis.size() % picks.size()))).millis());
    }
    return Timing.of(millis);
  }

  /** With each value once, but never for long. */
  private List<Timed> raw(
      QuestionSql sql, Span.Window window, List<Map<Split.Dimension, String>> picks) {
    List<Timed> raws = new ArrayList<>();
    for (Map<Split.Dimension, String> pick : picks) {
      raws.add(client.ask(sql.raw(window, pick)));
    }
    return raws;
  }
}
