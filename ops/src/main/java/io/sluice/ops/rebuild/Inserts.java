package io.sluice.ops.rebuild;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.sql.ClickHouseSql;
import java.time.Duration;
import java.time.Instant;

/** What is being inserted into {@code http_log} on this server; can be held off. */
record Inserts(ClickHouseSql sql) {
  static final String RELEASE =
      "ALTER TABLE " + Levels.ROWS + " DROP CONSTRAINT IF EXISTS rebuilding";

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration AT_MOST = Duration.ofMinutes(15);
  private static final Duration RELEASE_EVERY = Duration.ofSeconds(1);
  private static final int RELEASE_ATTEMPTS = 60;

  /** Between the arrival of a statement and its being listed. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** {@code stored_at} is up to so much before the true time. */
  private static final Duration STORED_AT_PRECISION = Duration.ofMinutes(1);

  /**
   * Holds off inserts by a constraint that no row satisfies. Each is refused with the constraint's
   * name before one of its rows is stored; the job keeps its batch and offers it again. Inserts
   * that have begun before go on.
   */
  void hold() {
    sql.query("ALTER TABLE " + Levels.ROWS + " ADD CONSTRAINT IF NOT EXISTS rebuilding CHECK 0");
  }

  /**
   * Lets inserts pass, if they are held off.
   *
   * @throws OperatorException if ClickHouse does not do it for a minute
   */
  void release() {
    for (int attempt = 1; ; attempt++) {
      try {
        sql.query(RELEASE);
        return;
      } catch (OperatorException failed) {
        if (attempt == RELEASE_ATTEMPTS) {
          throw OperatorException.failed(
              "NOTHING CAN BE STORED until this has run: " + RELEASE, failed);
        }
        Pause.of(RELEASE_EVERY);
      }
    }
  }

  /**
   * A time, by ClickHouse's clock, such that every row with an earlier {@code stored_at} can be
   * read now: a row carries the minute before the time at which its insert began or a later one,
   * and all inserts that began up to a minute later have ended.
   */
  Instant settledBefore() {
    Instant time = Instant.ofEpochSecond(sql.number("SELECT toUnixTimestamp(now())")).minus(MARGIN);
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
    if (!Pause.until(() -> sql.number(older) == 0, LOOK_EVERY, AT_MOST)) {
      throw OperatorException.failed(
          "an insert into http_log has been running for " + AT_MOST.toMinutes() + " min");
    }
  }
}
