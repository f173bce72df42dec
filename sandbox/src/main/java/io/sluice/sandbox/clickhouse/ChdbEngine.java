package io.sluice.sandbox.clickhouse;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The ClickHouse engine in this process, on one data folder. A process can have one engine only,
 * and a folder one process.
 *
 * <p>Its sessions are used again, with all settings back at their defaults: the engine (26.7) keeps
 * four threads for every session there ever was and ends the process at the ten-thousandth.
 *
 * <p>Thread-safe: any number of sessions may work at once; each belongs to one thread while it is
 * used.
 */
final class ChdbEngine {
  private final ChdbApi api;
  private final String[] arguments;
  private final Queue<ChdbConnection> idle = new ConcurrentLinkedQueue<>();

  /** Their {@code readonly} cannot be taken back, so they serve nothing else. */
  private final Queue<ChdbConnection> idleReadOnly = new ConcurrentLinkedQueue<>();

  private ChdbEngine(ChdbApi api, String... arguments) {
    this.api = api;
    this.arguments = arguments;
  }

  /**
   * Loads the library and opens the folder.
   *
   * @param config ClickHouse's own config.xml; null for none
   * @throws IOException if the folder cannot be opened, for instance because another process has it
   */
  static ChdbEngine open(Path library, Path data, Path config) throws IOException {
    Path folder = data.toAbsolutePath();
    Files.createDirectories(folder);
    ChdbApi api = Native.load(library.toAbsolutePath().toString(), ChdbApi.class);
    // Before the first connection: with ClickHouse's handlers for SIGSEGV and others in place of
    // the JVM's own, the JVM hangs.
    api.chdb_set_signal_handlers_enabled(0);
    String path = "--path=" + folder;
    ChdbEngine engine =
        config == null
            ? new ChdbEngine(api, "clickhouse", path)
            : new ChdbEngine(api, "clickhouse", path, "--config-file=" + config.toAbsolutePath());
    try {
      engine.connect().close();
    } catch (ClickHouseException e) {
      throw new IOException(e.getMessage(), e);
    }
    return engine;
  }

  private ChdbConnection connect() throws ClickHouseException {
    Pointer outer = api.chdb_connect(arguments.length, new StringArray(arguments));
    if (outer == null) {
      throw ClickHouseException.of(
          76,
          "CANNOT_OPEN_FILE",
          "the engine cannot open " + arguments[1] + "; does another process have it?");
    }
    return new ChdbConnection(api, outer);
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
  <T> T inSession(boolean readOnly, Use<T> use) throws IOException, ClickHouseException {
    Queue<ChdbConnection> of = readOnly ? idleReadOnly : idle;
    ChdbConnection known = of.poll();
    ChdbConnection session = known != null ? known : connect();
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
