package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.Pause;
import java.time.Duration;

/** Waits for background merges, and makes those that time would have brought. */
final class Merges {
  private static final Duration LOOK = Duration.ofMillis(200);

  /** The engine decides every few seconds whether to merge. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private static final Duration AT_MOST = Duration.ofMinutes(20);

  private final BenchClient client;
  private final String database;

  Merges(BenchClient client, String database) {
    this.client = client;
    this.database = database;
  }

  /** Blocks until none was running for a while; gives up after 20 minutes. */
  void settle() {
    long startNanos = System.nanoTime();
    long quietSinceNanos = startNanos;
    while (System.nanoTime() - quietSinceNanos < QUIET.toNanos()
        && System.nanoTime() - startNanos < AT_MOST.toNanos()) {
      if (client.number("SELECT count() FROM system.merges WHERE database = '" + database + "'")
          > 0) {
        quietSinceNanos = System.nanoTime();
      }
      Pause.of(LOOK);
    }
  }

  /** Merges each partition whose rows all lie before a time into one part; returns how many. */
  int finish(long beforeEpochSecond) {
    JsonNode closed =
        client.rows(
            """
            SELECT table, partition_id, count() AS parts
            FROM system.parts
            WHERE database = '%s' AND active AND startsWith(table, 'http_log') AND table NOT LIKE '%%top%%'
            GROUP BY table, partition_id
            HAVING max(max_time) < toDateTime(%d, 'UTC') AND max(max_time) > 0 AND parts > 1
            ORDER BY table, partition_id
            """
                .formatted(database, beforeEpochSecond));
    for (JsonNode partition : closed) {
      String table = partition.path(0).asText();
      String id = partition.path(1).asText();
      client.run("OPTIMIZE TABLE %s.%s PARTITION ID '%s' FINAL".formatted(database, table, id));
    }
    return closed.size();
  }
}
