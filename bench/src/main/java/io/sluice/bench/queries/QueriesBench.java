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
import java.util.Optional;
import java.util.function.Consumer;

/** Loads the data set and measures queries, inserts and disk on it. */
public final class QueriesBench {
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
   * @param dir for the data; what an earlier run left there is used again, if it fits
   * @param port for ClickHouse
   * @param progress takes a line per step
   */
  public QueriesBench(
      Home home, Path dir, int port, QueriesOptions options, Consumer<String> progress) {
    this.home = home;
    this.dir = dir;
    this.port = port;
    this.options = options;
    this.progress = progress;
  }

  /** Blocks until all is measured; ClickHouse is ended, its data stays. */
  public QueriesResult run() {
    long now = Instant.now().getEpochSecond();
    Path record = dir.resolve("data-set.json");
    Optional<DataSet> found = DataSetLoader.found(record, options.rows(), options.seed(), now);
    boolean needsData = options.parts().stream().anyMatch(part -> part != Part.INSERT);
    try (LoneClickHouse server = LoneClickHouse.start(home, dir, port, found.isEmpty(), progress)) {
      BenchClient client = new BenchClient(server.url());
      found.ifPresent(there -> tellFound(client, there));
      DataSet data =
          found.orElseGet(
              () -> new DataSet(options.rows(), options.seed(), Span.Step.MINUTE.floor(now)));
      QueriesResult.LoadResult load =
          found.isPresent() || !needsData
              ? null
              : new DataSetLoader(client, record, progress).load(data);
      return measure(client, server.process(), data, load);
    }
  }

  private void tellFound(BenchClient client, DataSet there) {
    long more = client.number("SELECT count() FROM logs.http_log") - there.rows();
    progress.accept(
        "the data set is there already, and %,d rows that were inserted beside queries"
            .formatted(more));
  }

  private QueriesResult measure(
      BenchClient client, ProcessHandle server, DataSet data, QueriesResult.LoadResult load) {
    Snapshots snapshots = new Snapshots(client);
    boolean haveSnapshots = options.parts().contains(Part.TOP) && snapshots.exist();
    Map<String, Double> snapshotSeconds = haveSnapshots ? snapshots.refresh() : Map.of();
    DiskUse disk = options.parts().contains(Part.DISK) ? DiskUse.read(client) : null;
    List<Question> questions = questions(haveSnapshots);
    ColdCaches caches = new ColdCaches(client, options.coldFromDisk());
    QuestionBench bench =
        new QuestionBench(client, caches, new FilterValues(options.seed()).pick(), options.runs());
    List<QuestionResult> quiet = quiet(bench, questions, data);
    List<QuestionResult> all = new ArrayList<>();
    long busyRate = questions.isEmpty() ? 0 : busy(client, bench, questions, quiet, data, all);
    List<QueriesResult.InsertResult> inserts =
        options.parts().contains(Part.INSERT) ? inserts(client, server, data) : List.of();
    return new QueriesResult(
        QueriesResult.Machine.here(client),
        data,
        load,
        disk,
        caches.dropsPages(),
        snapshotSeconds,
        all,
        busyRate,
        inserts);
  }

  /** All that is to be asked, in the order of the report. */
  private List<Question> questions(boolean haveSnapshots) {
    List<Question> questions = new ArrayList<>();
    if (options.parts().contains(Part.SERIES)) {
      add(questions, Kind.SERIES, Split.onlyFilters(), Span.values());
    }
    if (options.parts().contains(Part.TOP)) {
      add(questions, Kind.TOP, Split.onlyGroups(), Span.values());
      if (haveSnapshots) {
        add(questions, Kind.SNAPSHOT, Split.onlyGroups(), Span.DAY, Span.MONTH);
      }
      if (options.allSplits()) {
        add(questions, Kind.MIXED, Split.mixed(), Span.values());
      }
    }
    return questions;
  }

  private static void add(List<Question> questions, Kind kind, List<Split> splits, Span... spans) {
    for (Span span : spans) {
      splits.forEach(split -> questions.add(new Question(kind, split, span)));
    }
  }

  private List<QuestionResult> quiet(QuestionBench bench, List<Question> questions, DataSet data) {
    List<QuestionResult> results = new ArrayList<>();
    for (Question question : questions) {
      QuestionResult result = bench.measure(question, data.endEpochSecond());
      results.add(result);
      progress.accept(
          result.failure() == null
              ? "%s: p95 %.1f ms, cold %.1f, http_log %.1f, %s"
                  .formatted(
                      question,
                      result.p95Millis(),
                      result.coldMillis(),
                      result.rawMillis(),
                      result.equal() ? "equal" : "NOT EQUAL")
              : question + ": " + result.failure());
    }
    return results;
  }

  /**
   * Asks again what a chart would ask while rows come in, over ranges that reach into these rows.
   */
  private long busy(
      BenchClient client,
      QuestionBench bench,
      List<Question> questions,
      List<QuestionResult> quiet,
      DataSet data,
      List<QuestionResult> into) {
    long now = Span.Step.MINUTE.floor(Instant.now().getEpochSecond());
    List<byte[]> bodies =
        RequestBodies.of(client, data, now * 1_000, BUSY_BODIES, SteadyInserts.ROWS, now);
    progress.accept("the same while rows are inserted");
    try (SteadyInserts inserts = new SteadyInserts(client, bodies)) {
      for (int i = 0; i < questions.size(); i++) {
        QuestionResult result = quiet.get(i);
        if (result.failure() == null && result.warm().medianMillis() < TOO_SLOW_FOR_CHARTS_MILLIS) {
          result = result.withBusy(bench.again(questions.get(i), now));
          progress.accept(
              "%s, beside %,d rows/s: p95 %.1f ms"
                  .formatted(questions.get(i), inserts.rowsPerSecond(), result.busy().p95Millis()));
        }
        into.add(result);
      }
      return inserts.rowsPerSecond();
    }
  }

  private List<QueriesResult.InsertResult> inserts(
      BenchClient client, ProcessHandle server, DataSet data) {
    InsertBench bench = new InsertBench(client, server, statements(), progress);
    progress.accept("waiting for merges before the inserts");
    new Merges(client, "logs").settle();
    long end = Span.Step.MINUTE.floor(Instant.now().getEpochSecond());
    List<QueriesResult.InsertResult> results = new ArrayList<>();
    int large = options.rowsPerInsert();
    results.addAll(
        bench.run(
            RequestBodies.of(client, data, 0, options.bodies(), large, end),
            large,
            options.rounds()));
    results.addAll(
        bench.run(
            RequestBodies.of(client, data, 0, options.bodies() * SMALLER, large / SMALLER, end),
            large / SMALLER,
            options.rounds()));
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
