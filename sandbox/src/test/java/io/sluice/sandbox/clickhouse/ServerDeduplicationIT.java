package io.sluice.sandbox.clickhouse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/**
 * Deduplication on a real server, which the sandbox has none of: {@code
 * SLUICE_CLICKHOUSE_URL=http://localhost:8123/}, with {@code SLUICE_CLICKHOUSE_USER} and {@code
 * SLUICE_CLICKHOUSE_PASSWORD} if need be. The tests make a database of their own and drop it.
 */
class ServerDeduplicationIT {
  private static final String DATABASE =
      "sluice_test_" + UUID.randomUUID().toString().replace("-", "");

  private static ClickHouseTarget server() {
    Map<String, String> env = System.getenv();
    String url = env.get("SLUICE_CLICKHOUSE_URL");
    assumeTrue(
        url != null,
        "SLUICE_CLICKHOUSE_URL names no ClickHouse server; the same tests run on the sandbox's"
            + " engine in DeduplicationIT");
    return new ClickHouseTarget(
        URI.create(url.endsWith("/") ? url : url + "/"),
        env.getOrDefault("SLUICE_CLICKHOUSE_USER", "default"),
        env.getOrDefault("SLUICE_CLICKHOUSE_PASSWORD", ""),
        DATABASE);
  }

  private abstract static class OnAServer extends DeduplicationContract {
    @Override
    ClickHouseTarget target() throws Exception {
      return server();
    }

    @AfterEach
    void leaveNothing() throws Exception {
      server().dropTables();
    }
  }

  @Nested
  class OnPlainTables extends OnAServer {
    @Override
    TablesDdl tables() throws Exception {
      return TablesDdl.asTheyAre().in(DATABASE);
    }
  }

  /** Needs Keeper or ZooKeeper behind the server. */
  @Nested
  class OnReplicatedTables extends OnAServer {
    @Override
    ClickHouseTarget target() throws Exception {
      ClickHouseTarget server = server();
      assumeTrue(
          server.sql("EXISTS TABLE system.zookeeper").equals("1"),
          "the server at SLUICE_CLICKHOUSE_URL has no Keeper");
      return server;
    }

    @Override
    TablesDdl tables() throws Exception {
      return TablesDdl.asTheyAre().in(DATABASE).replicated("/" + DATABASE);
    }
  }
}
