package io.sluice.ops.rebuild;

import io.sluice.ops.OperatorException;
import io.sluice.ops.sql.ClickHouseSql;
import java.util.List;
import java.util.stream.Collectors;

/** What feeds which table of totals, as ClickHouse has it. */
record Levels(List<View> views) {
  static final String DATABASE = "logs";
  static final String ROWS = DATABASE + ".http_log";

  static Levels read(ClickHouseSql sql) {
    return new Levels(
        sql
            .lines(
                """
                SELECT concat(database, '.', name), create_table_query, as_select FROM system.tables
                WHERE database = '%s' AND engine = 'MaterializedView'
                    AND create_table_query LIKE 'CREATE MATERIALIZED VIEW %% TO %%'
                    AND create_table_query NOT LIKE '%% REFRESH %%'
                ORDER BY name FORMAT TSVRaw"""
                    .formatted(DATABASE))
            .stream()
            .map(line -> line.split("\t"))
            .map(columns -> View.of(columns[0], columns[1], columns[2]))
            .toList());
  }

  /** With its database; wrong usage if no view feeds such a table from {@code http_log}. */
  String require(String table) {
    String name = table.contains(".") ? table : DATABASE + "." + table;
    if (!comesFromRows(name)) {
      String known =
          views.stream()
              .map(View::target)
              .filter(this::comesFromRows)
              .map(target -> target.substring(DATABASE.length() + 1))
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      throw OperatorException.wrongUsage(
          table + " is no table of totals that a view feeds; there are " + known);
    }
    return name;
  }

  private boolean comesFromRows(String table) {
    List<View> into = into(table);
    return !into.isEmpty()
        && into.stream()
            .allMatch(view -> view.source().equals(ROWS) || comesFromRows(view.source()));
  }

  private List<View> into(String table) {
    return views.stream().filter(view -> view.target().equals(table)).toList();
  }

  /** Tables that are fed from this one, and so were wrong together with it. */
  List<String> fedFrom(String table) {
    return views.stream()
        .filter(view -> view.source().equals(table))
        .map(View::target)
        .distinct()
        .toList();
  }

  /** What the views, one after the other, make of rows of {@code http_log} for a table. */
  String select(String table, String rows) {
    return into(table).stream()
        .map(view -> view.of(view.source().equals(ROWS) ? rows : select(view.source(), rows)))
        .collect(Collectors.joining(" UNION ALL "));
  }
}
