package io.sluice.bench.queries;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/** Inserts on a thread of its own until closed: the load that queries have beside them. */
final class SteadyInserts implements AutoCloseable {
  static final int ROWS = 100_000;
  static final Duration EVERY = Duration.ofSeconds(3);

  private final BenchClient client;
  private final List<byte[]> bodies;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final long startNanos = System.nanoTime();
  private volatile long inserted;
  private final CompletableFuture<Void> end;

  /**
   * @param bodies of {@link #ROWS} rows each, sent in turns, each time as a request of its own
   */
  SteadyInserts(BenchClient client, List<byte[]> bodies) {
    this.client = client;
    this.bodies = List.copyOf(bodies);
    this.end = CompletableFuture.runAsync(this::insert);
  }

  private void insert() {
    for (int i = 0; !Pause.until(stop, EVERY); i++) {
      client.insert(
          "logs.http_log",
          BenchClient.INSERT_SETTINGS + BenchClient.SUM_LATER,
          UUID.randomUUID().toString(),
          bodies.get(i % bodies.size()));
      inserted = (i + 1L) * ROWS;
    }
  }

  /** On average so far. */
  long rowsPerSecond() {
    return Math.round(inserted / ((System.nanoTime() - startNanos) / 1e9));
  }

  /**
   * Ends the inserts.
   *
   * @throws OperatorException if one was refused
   */
  @Override
  public void close() {
    stop.countDown();
    try {
      end.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof OperatorException refused ? refused : e;
    }
  }
}
