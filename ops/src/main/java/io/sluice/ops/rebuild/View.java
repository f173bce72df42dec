package io.sluice.ops.rebuild;

import io.sluice.ops.OperatorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A materialized view that feeds a table from another.
 *
 * @param name with database, as the two others
 * @param select as ClickHouse writes it, on one line
 */
record View(String name, String source, String target, String select) {
  private static final Pattern TARGET = Pattern.compile("^CREATE MATERIALIZED VIEW \\S+ TO (\\S+)");
  private static final Pattern SOURCE = Pattern.compile("\\bFROM ([\\w`]+\\.[\\w`]+)");

  /**
   * Takes a view from what {@code system.tables} has of it.
   *
   * @throws OperatorException if it does not read from exactly one table
   */
  static View of(String name, String createQuery, String select) {
    Matcher source = SOURCE.matcher(select);
    Matcher target = TARGET.matcher(createQuery);
    if (!source.find() || !target.find()) {
      throw OperatorException.failed(
          name + " is no view from one table to another: " + createQuery);
    }
    View view = new View(name, source.group(1), target.group(1), select);
    if (source.find()) {
      throw OperatorException.failed(name + " reads from more than one table: " + select);
    }
    return view;
  }

  /** What the view would make of these rows, given as a query with the columns of the source. */
  String of(String rows) {
    return SOURCE.matcher(select).replaceFirst(Matcher.quoteReplacement("FROM (" + rows + ")"));
  }
}
