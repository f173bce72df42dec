package io.sluice.bench.queries;

import io.sluice.bench.queries.QueriesOptions.Part;
import io.sluice.bench.queries.Question.Kind;
import io.sluice.sandbox.clickhouse.SqlMigrations;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.stack.LoneClickHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Loads the data set and measures queries, inserts and disk on it. */
final class QueriesBench {
  /** Not asked again beside inserts: nobody would wait for it. */
  private static final double TOO_SLOW_FOR_CHARTS_MILLIS = 1_000;

  private static final int BUSY_BODIES = 8;
  private static final int SMALLER = 10;

  private final Home home;
  private final Path dir;
  private final int port;
  private final QueriesOptions options;
  private final Consumer<String> progress;

  /**
   * @param dir for the data; what an earlier run left there is deleted
   * @param port for ClickHouse
   * @param progress takes a line per step
   */
  QueriesBench(Home home, Path dir, int port, QueriesOptions options, Consumer<String> progress) {
    this.home = home;
    this.dir = dir;
    this.port = port;
    this.options = options;
    this.progress = progress;
  }

  /** Blocks until all is measured; ClickHouse is ended, its data stays. */
  QueriesResult run() {
    DataSet data = new DataSet(options.rows(), options.seed(), minute());
    try (LoneClickHouse server = LoneClickHouse.start(home, dir, port, true, progress)) {
      BenchClient client = new BenchClient(server.url());
      if (!options.parts().equals(Set.of(Part.INSERT))) {
        new DataSetLoader(client, progress).load(data);
      }
      return measure(client, server.process(), data);
    }
  }

  private static long minute() {
    return Span.Step.MINUTE.floor(Instant.now().getEpochSecond());
  }

  private QueriesResult measure(BenchClient client, ProcessHandle server, DataSet data) {
    Map<String, Double> snapshotSeconds =
        options.parts().contains(Part.TOP) ? Snapshots.refresh(client) : Map.of();
    DiskUse disk = options.parts().contains(Part.DISK) ? DiskUse.read(client) : null;
    ColdCaches caches = new ColdCaches(client, options.coldFromDisk());
    QuestionBench bench =
        new QuestionBench(client, caches, new FilterValues(options.seed()).pick(), options.runs());
    List<QuestionResult> results = quiet(bench, data);
    long busyRate = results.isEmpty() ? 0 : busy(client, bench, data, results);
    List<QueriesResult.InsertResult> inserts =
        options.parts().contains(Part.INSERT) ? inserts(client, server, data) : List.of();
    return new QueriesResult(
        QueriesResult.Machine.here(client),
        data,
        disk,
        caches.dropsPages(),
        snapshotSeconds,
        results,
        busyRate,
        inserts);
  }

  /** All that is to be asked, in the order of the report. */
  private List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    List<Set<Dimension>> combinations = Dimension.combinations();
    List<Set<Dimension>> groupings = combinations.subList(1, combinations.size());
    if (options.parts().contains(Part.SERIES)) {
      add(questions, Kind.SERIES, combinations, Span.values());
    }
    if (options.parts().contains(Part.TOP)) {
      add(questions, Kind.TOP, groupings, Span.values());
      add(questions, Kind.SNAPSHOT, groupings, Span.DAY, Span.MONTH);
    }
    return questions;
  }

  private static void add(
      List<Question> questions, Kind kind, List<Set<Dimension>> combinations, Span... spans) {
    for (Span span : spans) {
      combinations.forEach(each -> questions.add(new Question(kind, each, span)));
    }
  }

  private List<QuestionResult> quiet(QuestionBench bench, DataSet data) {
    List<QuestionResult> results = new ArrayList<>();
    for (Question question : questions()) {
      QuestionResult result = bench.measure(question, data.endEpochSecond());
      results.add(result);
      progress.accept(
          result.answer() == null
              ? question + ": " + result.failure()
              : "%s: p95 %.1f ms, cold %.1f, http_log %.1f, %s"
                  .formatted(
                      question,
                      result.p95Millis(),
                      result.answer().coldMillis(),
                      result.answer().rawMillis(),
                      result.answer().equal() ? "equal" : "NOT EQUAL"));
    }
    return results;
  }

  /**
   * Asks again what a chart would ask while rows come in, over ranges that reach into these rows.
   */
  private long busy(
      BenchClient client, QuestionBench bench, DataSet data, List<QuestionResult> results) {
    long now = minute();
    List<byte[]> bodies =
        RequestBodies.of(client, data, now * 1_000, BUSY_BODIES, SteadyInserts.ROWS, now);
    progress.accept("the same while rows are inserted");
    try (SteadyInserts inserts = new SteadyInserts(client, bodies)) {
      results.replaceAll(result -> again(bench, result, now, inserts));
      return inserts.rowsPerSecond();
    }
  }

  private QuestionResult again(
      QuestionBench bench, QuestionResult result, long now, SteadyInserts inserts) {
    if (result.answer() == null
        || result.answer().warm().medianMillis() >= TOO_SLOW_FOR_CHARTS_MILLIS) {
      return result;
    }
    Timing busy = bench.again(result.question(), now);
    progress.accept(
        "%s, beside %,d rows/s: p95 %.1f ms"
            .formatted(result.question(), inserts.rowsPerSecond(), busy.p95Millis()));
    return new QuestionResult(result.question(), result.answer(), busy, null);
  }

  private List<QueriesResult.InsertResult> inserts(
      BenchClient client, ProcessHandle server, DataSet data) {
    InsertBench bench = new InsertBench(client, server, statements(), progress);
    progress.accept("waiting for merges before the inserts");
    new Merges(client, "logs").settle();
    long end = minute();
    List<QueriesResult.InsertResult> results = new ArrayList<>();
    for (int smaller : List.of(1, SMALLER)) {
      int rows = options.rowsPerInsert() / smaller;
      List<byte[]> bodies =
          RequestBodies.of(client, data, 0, options.bodies() * smaller, rows, end);
      results.addAll(bench.run(bodies, rows, options.rounds()));
    }
    return results;
  }

  private List<String> statements() {
    try {
      return SqlMigrations.statements(home.sql());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + home.sql(), e);
    }
  }
}
