package io.sluice.sandbox.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a file of SQL at its semicolons.
 *
 * <p>A semicolon ends a statement unless it is in a string, a quoted name or a comment ({@code --}
 * to the end of the line, or between slash-star and star-slash). Comments are dropped, because
 * ClickHouse would keep none of them anyway; what is left empty is no statement.
 */
final class SqlStatements {
  /** A doubled quote within quotes closes them and opens them again at once. */
  private static final Pattern PART =
      Pattern.compile(
          "(?<line>--[^\n]*)|(?<block>/\\*.*?\\*/)|(?<quoted>(['\"`])(?:\\\\.|(?!\\4)[^\\\\])*+\\4)"
              + "|(?<open>['\"`]|/\\*)|(?<end>;)|.",
          Pattern.DOTALL);

  private SqlStatements() {}

  /**
   * The statements in order, without their semicolons.
   *
   * @throws IllegalArgumentException if a string, name or comment is not closed
   */
  static List<String> split(String sql) {
    List<String> statements = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    Matcher part = PART.matcher(sql + "\n;");
    while (part.find()) {
      if (part.group("open") != null) {
        throw new IllegalArgumentException(
            "sql: " + part.group() + " at " + part.start() + " is not closed");
      }
      if (part.group("block") != null) {
        current.append(' ');
      } else if (part.group("end") != null) {
        statements.add(current.toString().strip());
        current.setLength(0);
      } else if (part.group("line") == null) {
        current.append(part.group());
      }
    }
    return statements.stream().filter(statement -> !statement.isEmpty()).toList();
  }
}
