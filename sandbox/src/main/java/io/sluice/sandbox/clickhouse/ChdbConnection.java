package io.sluice.sandbox.clickhouse;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One session of the engine; used by one thread, one statement at a time. */
final class ChdbConnection implements AutoCloseable {
  private final ChdbApi api;
  private final Pointer outer;
  private final Pointer handle;
  private final Set<String> changedSettings = new LinkedHashSet<>();
  private boolean otherDatabase;
  private boolean readOnly;
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
    byte[] query = sql.getBytes(StandardCharsets.UTF_8);
    byte[] outputFormat = format.getBytes(StandardCharsets.UTF_8);
    return ChdbResult.of(
        api, api.chdb_query_n(handle, query, query.length, outputFormat, outputFormat.length));
  }

  private void run(String sql) throws ClickHouseException {
    query(sql, "Null").close();
  }

  /** Applies settings to this session, in one statement. */
  void set(Map<String, String> settings) throws ClickHouseException {
    if (!settings.isEmpty()) {
      changedSettings.addAll(settings.keySet());
      String assignments =
          settings.entrySet().stream()
              .map(entry -> entry.getKey() + " = " + literal(entry.getValue()))
              .collect(Collectors.joining(", ", "SET ", ""));
      run(assignments);
    }
  }

  /** From now on this session may change nothing but its own settings. */
  void makeReadOnly() throws ClickHouseException {
    readOnly = true;
    run("SET readonly = 2");
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** A statement is about to change the session for good. */
  void leaveTraces() {
    leftTraces = true;
  }

  boolean leftTraces() {
    return leftTraces;
  }

  /**
   * Takes back what {@link #set} and {@link #use} did.
   *
   * @throws ClickHouseException if the engine does not let us
   */
  void reset() throws ClickHouseException {
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
  }

  void use(String database) throws ClickHouseException {
    otherDatabase = true;
    run("USE `" + escape(database).replace("`", "\\`") + "`");
  }

  /**
   * Starts an INSERT whose data is to come.
   *
   * @param sql the statement without its FORMAT
   */
  ChdbInsert insert(String sql, String format) throws ClickHouseException {
    byte[] query = sql.getBytes(StandardCharsets.UTF_8);
    byte[] inputFormat = format.getBytes(StandardCharsets.UTF_8);
    Pointer stream =
        api.chdb_stream_insert_n(handle, query, query.length, inputFormat, inputFormat.length);
    return ChdbInsert.opened(api, stream);
  }

  @Override
  public void close() {
    api.chdb_close_conn(outer);
  }

  private static String literal(String value) {
    return "'" + escape(value).replace("'", "\\'") + "'";
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\");
  }
}
