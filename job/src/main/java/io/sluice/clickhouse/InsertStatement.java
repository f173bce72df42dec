package io.sluice.clickhouse;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The table and columns that requests insert into. Every request names its columns, so that a
 * column added to the table later takes its default instead of shifting the others.
 *
 * @param database plain name, quoted here
 * @param table plain name, quoted here
 * @param columns plain names, in any order; Native blocks carry names of their own
 */
public record InsertStatement(String database, String table, List<String> columns)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @throws IllegalArgumentException if a name is empty, or columns are none or named twice
   */
  public InsertStatement {
    columns = List.copyOf(columns);
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

  private static void requireName(String field, String value) {
    if (value == null || value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "insert.%s is '%s'; allowed: a name of one character or more".formatted(field, value));
    }
  }
}
