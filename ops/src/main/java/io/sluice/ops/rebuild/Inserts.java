package io.sluice.ops.rebuild;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.sql.ClickHouseSql;
import java.time.Duration;
import java.time.Instant;

/** What is being inserted into {@code http_log} on this server. */
final class Inserts {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration AT_MOST = Duration.ofMinutes(15);

  /** Between the arrival of a statement and its being listed. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** {@code stored_at} is up to so much before the true time. */
  private static final Duration STORED_AT_PRECISION = Duration.ofMinutes(1);

  private final ClickHouseSql sql;

  Inserts(ClickHouseSql sql) {
    this.sql = sql;
  }

  /**
   * A time, by ClickHouse's clock, such that every row with an earlier {@code stored_at} can be
   * read now: a row carries the minute before the time at which its insert began or a later one,
   * and all inserts that began up to a minute later have ended.
   */
  Instant settledBefore() {
    long now = Long.parseLong(sql.query("SELECT toUnixTimestamp(now())").strip());
    Instant time = Instant.ofEpochSecond(now).minus(MARGIN);
    awaitNoneOlderThan(time);
    return time.minus(STORED_AT_PRECISION);
  }

  /** Waits until none runs; to be called when no new one can begin. */
  void awaitNone() {
    awaitNoneOlderThan(Instant.ofEpochSecond(Integer.MAX_VALUE));
  }

  private void awaitNoneOlderThan(Instant time) {
    String older =
        """
        SELECT count() FROM system.processes
        WHERE query_kind = 'Insert' AND match(query, '\\\\bhttp_log\\\\b')
            AND toUnixTimestamp64Milli(now64(3)) - elapsed * 1000 < %d"""
            .formatted(time.toEpochMilli());
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    while (!sql.query(older).strip().equals("0")) {
      if (System.nanoTime() > deadline) {
        throw OperatorException.failed(
            "an insert into http_log has been running for " + AT_MOST.toMinutes() + " min");
      }
      Pause.of(LOOK_EVERY);
    }
  }
}
