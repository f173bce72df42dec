package io.sluice.sandbox.grafana;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills a query in as Grafana 11 and its ClickHouse plugin 4 do: first {@code
 * $__conditionalAll(condition, $variable)}, split at commas outside of parentheses, then the
 * variables. What our queries do not use is refused rather than guessed.
 *
 * @param fromSeconds start of the chosen range, since 1970
 * @param toSeconds its end
 * @param chosen values by variable; a variable that is missing has 'All'
 */
record Interpolation(long fromSeconds, long toSeconds, Map<String, List<String>> chosen) {
  private static final String MACRO = "$__conditionalAll(";
  private static final Pattern PLAIN_VARIABLE = Pattern.compile("\\s*\\$(\\w+)\\s*");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([\\w:]+))?}");

  Interpolation {
    chosen = Map.copyOf(chosen);
  }

  String fill(String rawSql) {
    String sql = withoutMacros(rawSql);
    String filled =
        VARIABLE
            .matcher(sql)
            .replaceAll(v -> Matcher.quoteReplacement(value(v.group(1), v.group(2))));
    if (filled.contains("$")) {
      throw new IllegalArgumentException("left over in: " + filled);
    }
    return filled;
  }

  private String withoutMacros(String rawSql) {
    String sql = rawSql;
    for (int at = sql.lastIndexOf(MACRO); at >= 0; at = sql.lastIndexOf(MACRO)) {
      List<String> arguments = argumentsFrom(sql, at + MACRO.length());
      Matcher variable = PLAIN_VARIABLE.matcher(arguments.get(arguments.size() - 1));
      if (arguments.size() != 2 || !variable.matches()) {
        throw new IllegalArgumentException("not (condition, $variable): " + arguments);
      }
      String phrase = chosen.containsKey(variable.group(1)) ? arguments.get(0) : "1=1";
      int end = at + MACRO.length() + String.join(",", arguments).length() + 1;
      sql = sql.substring(0, at) + phrase + sql.substring(end);
    }
    return sql;
  }

  private static List<String> argumentsFrom(String sql, int start) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int argument = start;
    for (int i = start; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ',' && depth == 0) {
        arguments.add(sql.substring(argument, i));
        argument = i + 1;
      } else if (c == ')' && depth-- == 0) {
        arguments.add(sql.substring(argument, i));
        return arguments;
      }
    }
    throw new IllegalArgumentException("a macro is not closed in: " + sql);
  }

  private String value(String name, String format) {
    String key = name + ":" + format;
    if (key.equals("__from:date:seconds")) {
      return Long.toString(fromSeconds);
    }
    if (key.equals("__to:date:seconds")) {
      return Long.toString(toSeconds);
    }
    if (!"singlequote".equals(format) || !chosen.containsKey(name)) {
      throw new IllegalArgumentException("no value for ${" + key + "}");
    }
    return chosen.get(name).stream()
        .map(value -> "'" + value.replace("'", "\\'") + "'")
        .collect(Collectors.joining(","));
  }
}
