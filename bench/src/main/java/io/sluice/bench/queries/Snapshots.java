package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The snapshots behind {@code traffic_top}, where {@code sql/} has them. */
final class Snapshots {
  private final BenchClient client;

  Snapshots(BenchClient client) {
    this.client = client;
  }

  boolean exist() {
    return client.number(
            "SELECT count() FROM system.tables WHERE database = 'logs' AND name = 'traffic_top'")
        > 0;
  }

  /** Takes all of them anew and returns how many seconds each took. */
  Map<String, Double> refresh() {
    Map<String, Double> seconds = new TreeMap<>();
    JsonNode views =
        client.rows("SELECT view FROM system.view_refreshes WHERE database = 'logs' ORDER BY view");
    for (JsonNode row : views) {
      String view = row.path(0).asText();
      long startNanos = System.nanoTime();
      client.run("SYSTEM WAIT VIEW logs." + view);
      client.run("SYSTEM REFRESH VIEW logs." + view);
      client.run("SYSTEM WAIT VIEW logs." + view);
      seconds.put(view, Timing.hundredths((System.nanoTime() - startNanos) / 1e9));
    }
    return seconds;
  }
}
