package io.sluice.sandbox.grafana;

import java.util.List;
import java.util.Map;

/**
 * What somebody chose on the dashboard, and the same choice as a condition on http_log.
 *
 * @param hours the length of the range, which ends at a whole minute, hour or day
 */
record Scenario(String name, int hours, Map<String, List<String>> chosen, String condition) {
  private static final String NETWORK = "remote_addr IN ('10.0.3.X', '2001:db8:5::X')";

  /** One range and everything that may be chosen in it. */
  static List<Scenario> ofRange(int hours) {
    Map<String, List<String>> all =
        Map.of(
            "resource", List.of("1", "4"),
            "status", List.of("200", "503"),
            "cache_status", List.of("HIT", "MISS"),
            "network", List.of("10.0.3.X", "2001:db8:5::X"));
    return List.of(
        new Scenario("no filter", hours, Map.of(), "1"),
        one("resource", hours, all, "resource_id IN (1, 4)"),
        one("status", hours, all, "response_status IN (200, 503)"),
        one("cache_status", hours, all, "cache_status IN ('HIT', 'MISS')"),
        one("network", hours, all, NETWORK),
        new Scenario(
            "a full address",
            hours,
            Map.of("network", List.of("10.0.3.77")),
            "remote_addr = '10.0.3.X'"),
        new Scenario(
            "all filters",
            hours,
            all,
            "resource_id IN (1, 4) AND response_status IN (200, 503)"
                + " AND cache_status IN ('HIT', 'MISS') AND "
                + NETWORK));
  }

  private static Scenario one(
      String variable, int hours, Map<String, List<String>> all, String condition) {
    return new Scenario(variable, hours, Map.of(variable, all.get(variable)), condition);
  }

  boolean choosesResources() {
    return chosen.containsKey("resource");
  }

  /** How long a bar of the charts is. */
  int stepSeconds() {
    return hours <= 24 ? 60 : hours <= 40 * 24 ? 3600 : 86_400;
  }

  /**
   * The range that ends last before a time but for the step it is in; whole steps of all panels.
   */
  Interpolation at(long nowSeconds) {
    long whole = hours <= 6 ? 60 : hours <= 24 ? 3600 : 86_400;
    long to = (nowSeconds / whole + 1) * whole;
    return new Interpolation(to - hours * 3600L, to, chosen);
  }

  @Override
  public String toString() {
    return name + ", " + hours + " h";
  }
}
