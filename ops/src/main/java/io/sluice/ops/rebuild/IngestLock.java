package io.sluice.ops.rebuild;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.sql.ClickHouseSql;
import java.time.Duration;

/**
 * Holds off inserts into {@code http_log} by a constraint that no row satisfies. Each is refused
 * with the constraint's name before one of its rows is stored; the job keeps its batch and offers
 * it again.
 */
final class IngestLock {
  static final String NAME = "rebuilding";
  private static final Duration RELEASE_EVERY = Duration.ofSeconds(1);
  private static final int RELEASE_ATTEMPTS = 60;

  private final ClickHouseSql sql;

  IngestLock(ClickHouseSql sql) {
    this.sql = sql;
  }

  /** Inserts that have begun before go on; see {@link Inserts}. */
  void take() {
    sql.query(
        "ALTER TABLE %s ADD CONSTRAINT IF NOT EXISTS %s CHECK 0".formatted(Levels.ROWS, NAME));
  }

  /**
   * Lets inserts pass, if they are held off.
   *
   * @throws OperatorException if ClickHouse does not do it for a minute
   */
  void release() {
    String statement = "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s".formatted(Levels.ROWS, NAME);
    for (int attempt = 1; ; attempt++) {
      try {
        sql.query(statement);
        return;
      } catch (OperatorException failed) {
        if (attempt == RELEASE_ATTEMPTS) {
          throw new OperatorException(
              OperatorException.Kind.FAILED,
              "NOTHING CAN BE STORED until this has run: " + statement,
              failed);
        }
        Pause.of(RELEASE_EVERY);
      }
    }
  }
}
