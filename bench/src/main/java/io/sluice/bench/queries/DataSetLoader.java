package io.sluice.bench.queries;

import io.sluice.ops.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Fills {@code http_log}, and with it all totals, unless they have the data set already. */
final class DataSetLoader {
  /** As much as a large request of the job. */
  private static final long BLOCK_ROWS = 1_000_000;

  private static final int LINES = 20;
  private static final String COLUMNS =
      "timestamp, resource_id, bytes_sent, request_time_milli, response_status, cache_status,"
          + " method, remote_addr, url, minutes_late";

  private final BenchClient client;
  private final Path record;
  private final Consumer<String> progress;

  /**
   * @param record a file that says what was loaded last
   */
  DataSetLoader(BenchClient client, Path record, Consumer<String> progress) {
    this.client = client;
    this.record = record;
    this.progress = progress;
  }

  /**
   * What a folder has already, if it has as many rows of that seed and they are young enough.
   *
   * @param record a file that says what was loaded last
   */
  static Optional<DataSet> found(Path record, long rows, long seed, long nowEpochSecond) {
    return Json.read(record, DataSet.class)
        .filter(there -> there.rows() == rows && there.seed() == seed)
        .filter(there -> there.isFresh(nowEpochSecond));
  }

  /** Loads the rows in blocks, as requests would bring them, and lets merges do their part. */
  QueriesResult.LoadResult load(DataSet data) {
    long startNanos = System.nanoTime();
    for (long first = 0; first < data.rows(); first += BLOCK_ROWS) {
      long count = Math.min(BLOCK_ROWS, data.rows() - first);
      client.run(
          "INSERT INTO logs.http_log (" + COLUMNS + ") " + data.loaded(first, count),
          BenchClient.INSERT_SETTINGS
              + BenchClient.SUM_LATER
              + "&insert_allow_materialized_columns=1&insert_deduplication_token=load-"
              + data.seed()
              + "-"
              + first);
      tell(first / BLOCK_ROWS, first + count, data.rows(), startNanos);
    }
    double loadSeconds = seconds(startNanos);
    long mergeNanos = System.nanoTime();
    Merges merges = new Merges(client, "logs");
    progress.accept("waiting for merges");
    merges.settle();
    List<String> finished = merges.finish(data.endEpochSecond() - Span.DAY.seconds());
    merges.settle();
    progress.accept(
        "merged %d partitions that end before the last day into one part each"
            .formatted(finished.size()));
    Json.write(record, data);
    return new QueriesResult.LoadResult(
        data.rows(),
        Math.round(data.rows() / loadSeconds),
        Math.round(seconds(mergeNanos)),
        finished);
  }

  private void tell(long block, long done, long rows, long startNanos) {
    long every = Math.max(1, rows / BLOCK_ROWS / LINES);
    if (block % every == 0 || done == rows) {
      progress.accept(
          String.format(
              Locale.ROOT,
              "loaded %,d of %,d rows, %,.0f rows/s",
              done,
              rows,
              done / seconds(startNanos)));
    }
  }

  private static double seconds(long sinceNanos) {
    return Math.max(1e-3, (System.nanoTime() - sinceNanos) / 1e9);
  }
}
