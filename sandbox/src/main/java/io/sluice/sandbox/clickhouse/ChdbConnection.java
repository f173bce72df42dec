package io.sluice.sandbox.clickhouse;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** One session of the engine; used by one thread, one statement at a time. */
final class ChdbConnection implements AutoCloseable {
  private final ChdbApi api;
  private final Pointer outer;
  private final Pointer handle;

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
      String assignments =
          settings.entrySet().stream()
              .map(entry -> entry.getKey() + " = " + literal(entry.getValue()))
              .collect(Collectors.joining(", ", "SET ", ""));
      run(assignments);
    }
  }

  void use(String database) throws ClickHouseException {
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
