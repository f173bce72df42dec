package io.sluice.sandbox.clickhouse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An INSERT whose data comes in the request body: the engine's streaming interface wants the
 * statement and its FORMAT apart.
 *
 * @param sql the statement without its FORMAT
 * @param format the name of the format
 */
record InsertStatement(String sql, String format) {
  private static final Pattern STREAMED =
      Pattern.compile(
          "(?<sql>\\s*INSERT\\s+INTO\\s.*\\S)\\s+FORMAT\\s+(?<format>\\w+)\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * Reads {@code INSERT INTO … FORMAT name}. Anything else is a statement that the engine takes
   * whole: a SELECT, but also an INSERT with its data in the text.
   */
  static Optional<InsertStatement> parse(String query) {
    Matcher matcher = STREAMED.matcher(query);
    return matcher.matches()
        ? Optional.of(new InsertStatement(matcher.group("sql"), matcher.group("format")))
        : Optional.empty();
  }
}
