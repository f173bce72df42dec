package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.queries.BenchClient.Timed;
import io.sluice.ops.OperatorException;
import io.sluice.ops.report.Quantiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Measures one question after the other. */
final class QuestionBench {
  /** A statement is not repeated for longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final BenchClient client;
  private final ColdCaches caches;
  private final List<Map<Dimension, String>> values;
  private final int runs;

  /**
   * @param values for the filters; the runs take them in turns
   * @param runs of each question
   */
  QuestionBench(
      BenchClient client, ColdCaches caches, List<Map<Dimension, String>> values, int runs) {
    this.client = client;
    this.caches = caches;
    this.values = values;
    this.runs = runs;
  }

  /** Cold, warm, and on {@code http_log}; an answer that ClickHouse refuses is a result too. */
  QuestionResult measure(Question question, long endEpochSecond) {
    try {
      return new QuestionResult(question, answer(question, endEpochSecond), null, null);
    } catch (OperatorException refused) {
      return new QuestionResult(question, null, null, refused.getMessage());
    }
  }

  private QuestionResult.Answer answer(Question question, long endEpochSecond) {
    QuestionSql sql = new QuestionSql(question);
    Span.Window window = question.span().until(endEpochSecond);
    List<Map<Dimension, String>> picks = picks(question);
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
    List<Timed> raws = new ArrayList<>();
    for (Map<Dimension, String> pick : picks) {
      raws.add(client.ask(sql.raw(rawWindow, pick)));
    }
    return new QuestionResult.Answer(
        warm,
        cold,
        most(answers, Timed::rowsRead),
        most(answers, Timed::bytesRead),
        Quantiles.median(raws, Timed::millis),
        most(raws, Timed::rowsRead),
        raws.stream().map(Timed::data).toList().equals(answers.stream().map(Timed::data).toList()),
        age);
  }

  private static long most(List<Timed> answers, ToLongFunction<Timed> figure) {
    return answers.stream().mapToLong(figure).max().orElseThrow();
  }

  Timing again(Question question, long endEpochSecond) {
    QuestionSql sql = new QuestionSql(question);
    Span.Window window = question.span().until(endEpochSecond);
    List<Map<Dimension, String>> picks = picks(question);
    client.ask(sql.asked(window, picks.get(0)));
    return repeat(sql, window, picks);
  }

  private List<Map<Dimension, String>> picks(Question question) {
    return question.isSeries() && !question.dimensions().isEmpty() ? values : List.of(Map.of());
  }

  private Timing repeat(QuestionSql sql, Span.Window window, List<Map<Dimension, String>> picks) {
    List<Double> millis = new ArrayList<>();
    long startNanos = System.nanoTime();
    while (millis.size() < runs
        && (millis.isEmpty() || System.nanoTime() - startNanos < PATIENCE.toNanos())) {
      millis.add(client.ask(sql.asked(window, picks.get(millis.size() % picks.size()))).millis());
    }
    return Timing.of(millis);
  }
}
