package io.sluice.ops.audit;

import java.util.List;

/** The tables of totals in the database {@code logs}, as {@code sql/} defines them. */
public final class TotalsTables {
  /**
   * Every one has {@code requests} and {@code bytes_sent}, fed by views from {@code http_log}, and
   * so the same sums, as long as no row is older than what it keeps.
   */
  public static final List<String> NAMES =
      List.of(
          "http_log_status_minute",
          "http_log_status_hour",
          "http_log_minute",
          "http_log_resource_hour",
          "http_log_resource_day",
          "http_log_network_hour",
          "http_log_day");

  private TotalsTables() {}
}
