package io.sluice.bench.queries;

import java.util.function.Consumer;

/** Fills {@code http_log}, and with it all totals. */
final class DataSetLoader {
  /** As much as a large request of the job. */
  private static final long BLOCK_ROWS = 1_000_000;

  private static final int LINES = 20;
  private static final String INSERT =
      "INSERT INTO logs.http_log (timestamp, resource_id, bytes_sent, request_time_milli,"
          + " response_status, cache_status, method, remote_addr, url, minutes_late) ";
  private static final String SETTINGS =
      BenchClient.INSERT_SETTINGS
          + BenchClient.SUM_LATER
          + "&insert_allow_materialized_columns=1&insert_deduplication_token=load-";

  private final BenchClient client;
  private final Consumer<String> progress;

  DataSetLoader(BenchClient client, Consumer<String> progress) {
    this.client = client;
    this.progress = progress;
  }

  /** Loads the rows in blocks, as requests would bring them, and lets merges do their part. */
  void load(DataSet data) {
    long startNanos = System.nanoTime();
    long blocks = (data.rows() + BLOCK_ROWS - 1) / BLOCK_ROWS;
    for (long block = 0; block < blocks; block++) {
      long first = block * BLOCK_ROWS;
      long end = Math.min(first + BLOCK_ROWS, data.rows());
      client.run(INSERT + data.loaded(first, end - first), SETTINGS + first);
      if (block % Math.max(1, blocks / LINES) == 0 || end == data.rows()) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        progress.accept(
            "loaded %,d of %,d rows, %,.0f rows/s".formatted(end, data.rows(), end / seconds));
      }
    }
    Merges merges = new Merges(client, "logs");
    progress.accept("waiting for merges");
    merges.settle();
    int finished = merges.finish(data.endEpochSecond() - Span.DAY.seconds);
    merges.settle();
    progress.accept(
        "merged %d partitions that end before the last day into one part each".formatted(finished));
  }
}
