package io.sluice.sandbox.clickhouse;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ClickHouse engine in this process, on one data folder. A process can have one engine only,
 * and a folder one process.
 *
 * <p>Thread-safe: any number of connections may work at once.
 */
final class ChdbEngine {
  private final ChdbApi api;
  private final String[] arguments;

  private ChdbEngine(ChdbApi api, Path data, List<String> settings) {
    this.api = api;
    this.arguments =
        Stream.concat(Stream.of("clickhouse", "--path=" + data), settings.stream())
            .toArray(String[]::new);
  }

  /**
   * Loads the library and opens the folder.
   *
   * @param settings further arguments of the engine, such as {@code --config-file=FILE}
   * @throws IOException if the folder cannot be opened, for instance because another process has it
   */
  static ChdbEngine open(Path library, Path data, List<String> settings) throws IOException {
    Path folder = data.toAbsolutePath();
    Files.createDirectories(folder);
    ChdbApi api = Native.load(library.toAbsolutePath().toString(), ChdbApi.class);
    // Before the first connection: with ClickHouse's handlers for SIGSEGV and others in place of
    // the JVM's own, the JVM hangs.
    api.chdb_set_signal_handlers_enabled(0);
    ChdbEngine engine = new ChdbEngine(api, folder, settings);
    try {
      engine.connect().close();
    } catch (ClickHouseException e) {
      throw new IOException(e.getMessage(), e);
    }
    return engine;
  }

  /**
   * A session of its own, with default settings.
   *
   * @throws ClickHouseException if the engine refuses
   */
  ChdbConnection connect() throws ClickHouseException {
    Pointer outer = api.chdb_connect(arguments.length, new StringArray(arguments));
    if (outer == null) {
      throw ClickHouseException.of(
          76,
          "CANNOT_OPEN_FILE",
          "the engine cannot open " + arguments[1] + "; does another process have it?");
    }
    return new ChdbConnection(api, outer);
  }
}
