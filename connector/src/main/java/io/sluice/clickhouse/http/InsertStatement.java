package io.sluice.clickhouse.http;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table and columns that requests insert into, and the table's own settings. Every request
 * names its columns, so that a column added to the table later takes its default instead of
 * shifting the others.
 *
 * @param database plain name, quoted here
 * @param table plain name, quoted here
 * @param columns plain names, in any order; Native blocks carry names of their own
 * @param settings ClickHouse settings that this table's inserts are sent with, beside those that
 *     every insert has; sent in the order of their names
 */
public record InsertStatement(
    String database, String table, List<String> columns, Map<String, String> settings)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern SETTING = Pattern.compile("[a-z][a-z0-9_]*");

  /** Without settings of its own. */
  public InsertStatement(String database, String table, List<String> columns) {
    this(database, table, columns, Map.of());
  }

  /**
   * @throws IllegalArgumentException if a name is empty, columns are none or named twice, or a
   *     setting is not the table's to choose
   */
  public InsertStatement {
    columns = List.copyOf(columns);
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    settings.keySet().forEach(InsertStatement::requireFree);
    requireName("database", database);
    requireName("table", table);
    columns.forEach(column -> requireName("columns", column));
    if (columns.isEmpty() || new HashSet<>(columns).size() != columns.size()) {
      throw new IllegalArgumentException(
          "insert.columns is %s; allowed: one or more, each once".formatted(columns));
    }
  }

  /** The statement; the rows follow in the request's body. */
  public String sql() {
    return "INSERT INTO %s.%s (%s) FORMAT Native"
        .formatted(
            quoted(database),
            quoted(table),
            columns.stream().map(InsertStatement::quoted).collect(Collectors.joining(", ")));
  }

  /** An identifier in back-ticks, as https://clickhouse.com/docs/sql-reference/syntax has it. */
  private static String quoted(String identifier) {
    return "`" + identifier.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  private static void requireFree(String setting) {
    if (!SETTING.matcher(setting).matches()) {
      throw new IllegalArgumentException(
          "insertSettings: '%s' is no name of a setting".formatted(setting));
    }
    if (InsertSetting.names().contains(setting)) {
      throw new IllegalArgumentException(
          "insertSettings: '%s' is what every insert sets itself".formatted(setting));
    }
  }

  private static void requireName(String field, String value) {
    if (value == null || value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "insert.%s is '%s'; allowed: a name of one character or more".formatted(field, value));
    }
  }
}
