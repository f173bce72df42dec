package io.sluice.clickhouse.block;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * Where rows of type {@code T} go, and how to read them: the target table, its columns in the order
 * in which they are sent, and when a row arrived.
 *
 * <p>Serializable, because it travels inside operators. Columns are matched by name by the server,
 * which <em>ignores</em> names it does not know in a Native block: list the {@link #columnNames()}
 * in the INSERT statement, and a misspelt one becomes an error.
 *
 * @param arrivalEpochMilli when the row came in, milliseconds since 1970; latency is measured from
 *     it
 */
public record Table<T>(
    String database, String name, List<Column<T>> columns, Arrival<T> arrivalEpochMilli)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Names that need no quotes in ClickHouse SQL, unless they are keywords. */
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  @FunctionalInterface
  public interface Arrival<T> extends ToLongFunction<T>, Serializable {}

  public Table {
    checkIdentifier("database", database);
    checkIdentifier("table", name);
    columns = List.copyOf(columns);
    Objects.requireNonNull(arrivalEpochMilli, "arrivalEpochMilli");
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns: " + database + "." + name + " has none");
    }
    Set<String> seen = new HashSet<>();
    for (Column<T> column : columns) {
      if (!seen.add(column.name())) {
        throw new IllegalArgumentException("columns: '" + column.name() + "' is there twice");
      }
    }
  }

  /** {@code database.name}; both are plain identifiers, so nothing is quoted. */
  public String qualifiedName() {
    return database + "." + name;
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  static String checkIdentifier(String field, String value) {
    if (value == null || !IDENTIFIER.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + ": '" + value + "' is not an identifier, allowed is " + IDENTIFIER.pattern());
    }
    return value;
  }
}
