package io.sluice.bench.chaos;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.metrics.RisingCounter;
import io.sluice.ops.sql.ClickHouseSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks ClickHouse several times a second how many rows it has, on a thread of its own, and
 * remembers when they came. While ClickHouse is away there is nothing to see.
 */
final class RowsWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);

  /** The engine counts each block that it drops twice, in each table; seen in 26.7. */
  private static final long EVENTS_PER_DROPPED_BLOCK = 2;

  private static final String QUERY =
      "SELECT (SELECT count() FROM logs.http_log), (SELECT sum(value) FROM system.events WHERE"
          + " event = 'DuplicatedInsertedBlocks')";

  private record Sighting(long nanoTime, long rows) {}

  private final ClickHouseSql sql;
  private final Thread thread = new Thread(this::watch, "chaos-rows-watch");
  private final List<Sighting> rises = new ArrayList<>();
  private final RisingCounter dropped = new RisingCounter();
  private volatile boolean closed;

  RowsWatch(ClickHouseSql sql) {
    this.sql = sql;
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (!closed) {
      try {
        String[] answer = sql.query(QUERY).split("\t", -1);
        saw(System.nanoTime(), Long.parseLong(answer[0]), Long.parseLong(answer[1]));
      } catch (OperatorException clickHouseIsAway) {
        // The next look will tell.
      }
      Pause.of(LOOK);
    }
  }

  private synchronized void saw(long nanoTime, long rows, long droppedNow) {
    if (rows > rows()) {
      rises.add(new Sighting(nanoTime, rows));
    }
    dropped.read(droppedNow);
  }

  /** The rows at the last look. */
  synchronized long rows() {
    return rises.isEmpty() ? 0 : rises.get(rises.size() - 1).rows();
  }

  /**
   * Blocks of resends that the engine dropped, of table and totals each; at least, since a killed
   * engine forgets what it counted after the last look.
   */
  synchronized long droppedBlocks() {
    return dropped.sum() / EVENTS_PER_DROPPED_BLOCK;
  }

  /** How long after {@code sinceNanos} there were that many rows; null if that was not seen yet. */
  synchronized Double secondsUntil(long rows, long sinceNanos) {
    return rises.stream()
        .filter(sighting -> sighting.rows() >= rows)
        .map(sighting -> Math.max(0, sighting.nanoTime() - sinceNanos) / 1e9)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    closed = true;
  }
}
