package io.sluice.sandbox.clickhouse;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Pattern;

/**
 * Sessions that are used again by later requests, with all settings back at their defaults.
 *
 * <p>They are not opened anew for each request, since the engine (26.7) keeps four threads for
 * every session there ever was and ends the process at the ten-thousandth.
 *
 * <p>Thread-safe; a session belongs to one thread until it is given back.
 */
final class ChdbSessions {
  /** What changes a session by a statement rather than by a parameter of the request. */
  private static final Pattern LEAVES_TRACES =
      Pattern.compile("^\\s*(SET|USE|CREATE\\s+TEMPORARY)\\b", Pattern.CASE_INSENSITIVE);

  private final ChdbEngine engine;
  private final ConcurrentLinkedDeque<ChdbConnection> idle = new ConcurrentLinkedDeque<>();

  /** Their {@code readonly} cannot be taken back, so they serve nothing else. */
  private final ConcurrentLinkedDeque<ChdbConnection> idleReadOnly = new ConcurrentLinkedDeque<>();

  ChdbSessions(ChdbEngine engine) {
    this.engine = engine;
  }

  /**
   * A session for one request.
   *
   * @param readOnly whether it may change nothing but its own settings
   * @throws ClickHouseException if the engine refuses a new one
   */
  ChdbConnection take(boolean readOnly) throws ClickHouseException {
    ChdbConnection known = (readOnly ? idleReadOnly : idle).poll();
    if (known != null) {
      return known;
    }
    ChdbConnection fresh = engine.connect();
    if (readOnly) {
      fresh.makeReadOnly();
    }
    return fresh;
  }

  /** Takes a session back that did what it was to do, or was refused by the engine in order. */
  void giveBack(ChdbConnection session) {
    try {
      session.reset();
      (session.isReadOnly() ? idleReadOnly : idle).push(session);
    } catch (ClickHouseException notLikeNew) {
      session.close();
    }
  }

  /** Whether a statement changes the session it runs in. */
  static boolean leavesTraces(String statement) {
    return LEAVES_TRACES.matcher(statement).find();
  }
}
