package io.sluice.sandbox.clickhouse;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a file of SQL at its semicolons.
 *
 * <p>A semicolon ends a statement unless it is in a string, a quoted name or a comment ({@code --}
 * to the end of the line, or between slash-star and star-slash). Comments are dropped, because
 * ClickHouse would keep none of them anyway; what is left empty is no statement.
 */
final class SqlStatements {
  private final String sql;
  private final List<String> statements = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private int at;

  private SqlStatements(String sql) {
    this.sql = sql;
  }

  /**
   * The statements in order, without their semicolons.
   *
   * @throws IllegalArgumentException if a string, name or comment is not closed
   */
  static List<String> split(String sql) {
    SqlStatements splitter = new SqlStatements(sql);
    splitter.run();
    return List.copyOf(splitter.statements);
  }

  private void run() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'' || c == '"' || c == '`') {
        copyQuoted(c);
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*", at)) {
        skipBlockComment();
      } else if (c == ';') {
        endStatement();
        at++;
      } else {
        current.append(c);
        at++;
      }
    }
    endStatement();
  }

  private void copyQuoted(char quote) {
    int start = at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == quote) {
        // A doubled quote closes and opens again at once: the next round takes it.
        current.append(sql, start, at);
        return;
      }
    }
    throw new IllegalArgumentException("sql: " + quote + " at " + start + " is not closed");
  }

  private void skipBlockComment() {
    int end = sql.indexOf("*/", at + 2);
    if (end < 0) {
      throw new IllegalArgumentException("sql: comment at " + at + " is not closed");
    }
    current.append(' ');
    at = end + 2;
  }

  private void endStatement() {
    String statement = current.toString().strip();
    if (!statement.isEmpty()) {
      statements.add(statement);
    }
    current.setLength(0);
  }
}
