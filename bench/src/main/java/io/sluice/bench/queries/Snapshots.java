package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The snapshots behind {@code traffic_top}. */
final class Snapshots {
  private Snapshots() {}

  /** Takes all of them anew and returns how many seconds each took. */
  static Map<String, Double> refresh(BenchClient client) {
    Map<String, Double> seconds = new TreeMap<>();
    JsonNode views =
        client.rows("SELECT view FROM system.view_refreshes WHERE database = 'logs' ORDER BY view");
    for (JsonNode row : views) {
      String view = row.path(0).asText();
      long startNanos = System.nanoTime();
      client.run("SYSTEM WAIT VIEW logs." + view);
      client.run("SYSTEM REFRESH VIEW logs." + view);
      client.run("SYSTEM WAIT VIEW logs." + view);
      seconds.put(view, Math.round((System.nanoTime() - startNanos) / 1e7) / 100.0);
    }
    return seconds;
  }
}
