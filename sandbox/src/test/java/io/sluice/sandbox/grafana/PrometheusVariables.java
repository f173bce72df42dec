package io.sluice.sandbox.grafana;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills an expression in as Grafana does for Prometheus: a variable of several values becomes a
 * regular expression, one that has All its {@code allValue}. What our expressions do not use is
 * refused rather than guessed.
 *
 * @param chosen values by variable; a variable that is missing has All
 */
record PrometheusVariables(Map<String, List<String>> chosen) {
  private static final String ALL = ".*";
  private static final Pattern VARIABLE = Pattern.compile("\\$(job|lane|topic)\\b");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.*+?()\\[\\]{}|]");

  PrometheusVariables {
    chosen = Map.copyOf(chosen);
  }

  String fill(String expression) {
    String filled =
        VARIABLE
            .matcher(expression)
            .replaceAll(variable -> Matcher.quoteReplacement(value(variable.group(1))));
    // A label_replace has a $1 of its own.
    if (filled.matches("(?s).*\\$(?!\\d).*")) {
      throw new IllegalArgumentException("left over in: " + filled);
    }
    return filled;
  }

  private String value(String variable) {
    List<String> values = chosen.getOrDefault(variable, List.of());
    if (values.isEmpty()) {
      return ALL;
    }
    String any = values.stream().map(PrometheusVariables::escaped).collect(Collectors.joining("|"));
    return values.size() == 1 ? any : "(" + any + ")";
  }

  /** For a regular expression within a PromQL string, hence two backslashes. */
  private static String escaped(String value) {
    return SPECIAL.matcher(value).replaceAll("\\\\\\\\$0");
  }
}
