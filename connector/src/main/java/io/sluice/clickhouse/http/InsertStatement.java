package io.sluice.clickhouse.http;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The table and columns that requests insert into, and the table's own settings. Every request
 * names its columns, so that a column added to the table later takes its default instead of
 * shifting the others.
 *
 * @param database an identifier, which may be a keyword of SQL; so are table and columns
 * @param columns in any order; Native blocks carry names of their own
 * @param settings ClickHouse settings that this table's inserts are sent with, beside those that
 *     every insert has; sent in the order of their names
 */
public record InsertStatement(
    String database, String table, List<String> columns, Map<String, String> settings)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern SETTING = Pattern.compile("[a-z][a-z0-9_]*");

  public InsertStatement {
    columns = List.copyOf(columns);
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    settings.keySet().forEach(InsertStatement::requireFree);
  }

  public String sql() {
    return "INSERT INTO `%s`.`%s` (`%s`) FORMAT Native"
        .formatted(database, table, String.join("`, `", columns));
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
}
