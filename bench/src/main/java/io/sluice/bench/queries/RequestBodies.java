package io.sluice.bench.queries;

import com.github.luben.zstd.Zstd;
import java.util.ArrayList;
import java.util.List;

/** Bodies of inserts, as the job sends them: Native, zstd at the job's default level. */
final class RequestBodies {
  /** What a request carries at one request a minute through nginx. */
  static final long WINDOW_SECONDS = 62;

  private static final int ZSTD_LEVEL = 3;

  private RequestBodies() {}

  /**
   * Bodies of different rows from the last window before a time.
   *
   * @param first number of the first row, so that no two calls give the same
   */
  static List<byte[]> of(
      BenchClient client, DataSet data, long first, int count, int rows, long endEpochSecond) {
    Span.Window window = new Span.Window(endEpochSecond - WINDOW_SECONDS, endEpochSecond);
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String select = data.fresh(first + (long) i * rows, rows, window);
      bodies.add(Zstd.compress(client.nativeRows(select), ZSTD_LEVEL));
    }
    return bodies;
  }
}
