package io.sluice.sandbox.clickhouse;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sessions that are used again by later requests, with all settings back at their defaults.
 *
 * <p>They are not opened anew for each request, since the engine (26.7) keeps four threads for
 * every session there ever was and ends the process at the ten-thousandth.
 *
 * <p>Thread-safe; a session belongs to one thread while it is used.
 */
final class ChdbSessions {
  private final ChdbEngine engine;
  private final Queue<ChdbConnection> idle = new ConcurrentLinkedQueue<>();

  /** Their {@code readonly} cannot be taken back, so they serve nothing else. */
  private final Queue<ChdbConnection> idleReadOnly = new ConcurrentLinkedQueue<>();

  ChdbSessions(ChdbEngine engine) {
    this.engine = engine;
  }

  /** What is done in a session. */
  interface Use<T> {
    T in(ChdbConnection session) throws IOException, ClickHouseException;
  }

  /**
   * Does something in a session. It is closed afterwards if its end was not in order; a refusal by
   * the engine is.
   *
   * @param readOnly whether the session may change nothing but its own settings
   */
  <T> T with(boolean readOnly, Use<T> use) throws IOException, ClickHouseException {
    Queue<ChdbConnection> of = readOnly ? idleReadOnly : idle;
    ChdbConnection known = of.poll();
    ChdbConnection session = known != null ? known : engine.connect();
    boolean inOrder = false;
    try {
      if (known == null && readOnly) {
        session.makeReadOnly();
      }
      T result = use.in(session);
      inOrder = true;
      return result;
    } catch (ClickHouseException refused) {
      inOrder = true;
      throw refused;
    } finally {
      if (!inOrder || !isLikeNew(session) || !of.offer(session)) {
        session.close();
      }
    }
  }

  private static boolean isLikeNew(ChdbConnection session) {
    try {
      return session.reset();
    } catch (ClickHouseException notTakenBack) {
      return false;
    }
  }
}
