package io.sluice.sandbox.clickhouse;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One session of the engine; used by one thread, one statement at a time. */
final class ChdbConnection implements AutoCloseable {
  private static final int CHUNK_BYTES = 256 << 10;

  /** What changes a session by a statement rather than by a parameter of the request. */
  private static final Pattern LEAVES_TRACES =
      Pattern.compile("^\\s*(SET|USE|CREATE\\s+TEMPORARY)\\b", Pattern.CASE_INSENSITIVE);

  private final ChdbApi api;
  private final Pointer outer;
  private final Pointer handle;
  private final Set<String> changedSettings = new LinkedHashSet<>();
  private boolean otherDatabase;
  private boolean leftTraces;

  ChdbConnection(ChdbApi api, Pointer outer) {
    this.api = api;
    this.outer = outer;
    this.handle = outer.getPointer(0);
  }

  /**
   * Runs a statement and returns its output.
   *
   * @param format of the output, unless the statement has a FORMAT of its own
   * @throws ClickHouseException if the engine refuses
   */
  ChdbResult query(String sql, String format) throws ClickHouseException {
    leftTraces |= LEAVES_TRACES.matcher(sql).find();
    return execute(sql, format);
  }

  private ChdbResult execute(String sql, String format) throws ClickHouseException {
    byte[] query = sql.getBytes(StandardCharsets.UTF_8);
    byte[] outputFormat = format.getBytes(StandardCharsets.UTF_8);
    return ChdbResult.of(
        api, api.chdb_query_n(handle, query, query.length, outputFormat, outputFormat.length));
  }

  private void run(String sql) throws ClickHouseException {
    execute(sql, "Null").close();
  }

  /** Applies settings to this session, in one statement. */
  void set(Map<String, String> settings) throws ClickHouseException {
    if (!settings.isEmpty()) {
      changedSettings.addAll(settings.keySet());
      run(
          settings.entrySet().stream()
              .map(entry -> entry.getKey() + " = '" + escape(entry.getValue(), "'") + "'")
              .collect(Collectors.joining(", ", "SET ", "")));
    }
  }

  void use(String database) throws ClickHouseException {
    otherDatabase = true;
    run("USE `" + escape(database, "`") + "`");
  }

  /** From now on this session may change nothing but its own settings. */
  void makeReadOnly() throws ClickHouseException {
    run("SET readonly = 2");
  }

  /**
   * Takes back what {@link #set} and {@link #use} did.
   *
   * @return false if the session is not like new, for a statement has changed it
   * @throws ClickHouseException if the engine does not let us
   */
  boolean reset() throws ClickHouseException {
    if (!changedSettings.isEmpty()) {
      run(
          changedSettings.stream()
              .map(name -> name + " = DEFAULT")
              .collect(Collectors.joining(", ", "SET ", "")));
      changedSettings.clear();
    }
    if (otherDatabase) {
      run("USE default");
      otherDatabase = false;
    }
    return !leftTraces;
  }

  /**
   * Runs an INSERT: hands over all of {@code data} and waits until the rows are stored. If the data
   * breaks off, nothing of what was not yet a stored block is applied.
   *
   * @throws ClickHouseException if the engine refuses statement or data
   * @throws IOException if the data cannot be read to its end; the insert is cancelled
   */
  void insert(InsertStatement insert, InputStream data) throws IOException, ClickHouseException {
    byte[] query = insert.sql().getBytes(StandardCharsets.UTF_8);
    byte[] format = insert.format().getBytes(StandardCharsets.UTF_8);
    Pointer stream = api.chdb_stream_insert_n(handle, query, query.length, format, format.length);
    try {
      ClickHouseException.throwIf(api.chdb_stream_insert_error(stream));
      boolean all = appendAll(stream, data);
      // The result has the engine's reason if it stopped taking data.
      ChdbResult.of(api, api.chdb_stream_done(stream)).close();
      if (!all) {
        throw ClickHouseException.parse("the engine left data behind, without an error");
      }
    } finally {
      // Cancels the insert if it was neither finished nor cancelled.
      api.chdb_destroy_insert_stream(stream);
    }
  }

  private boolean appendAll(Pointer stream, InputStream data) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (Memory memory = new Memory(CHUNK_BYTES)) {
      int length;
      while ((length = data.readNBytes(chunk, 0, chunk.length)) > 0) {
        memory.write(0, chunk, 0, length);
        if (api.chdb_stream_append(stream, memory, length) != 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      api.chdb_stream_cancel_insert(stream);
      throw e;
    }
  }

  @Override
  public void close() {
    api.chdb_close_conn(outer);
  }

  private static String escape(String value, String quote) {
    return value.replace("\\", "\\\\").replace(quote, "\\" + quote);
  }
}
