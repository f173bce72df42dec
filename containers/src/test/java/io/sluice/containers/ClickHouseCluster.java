package io.sluice.containers;

import static org.awaitility.Awaitility.await;

import io.sluice.sandbox.clickhouse.SqlMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.Network;

/**
 * Two shards of two replicas, as {@code sql/cluster/} delivers them: its configuration files as
 * they are, but for the macros of each server, and its tables. One Keeper stands for three.
 */
final class ClickHouseCluster implements AutoCloseable {
  /** The servers by shard and replica. */
  static final List<String> SERVERS =
      List.of("clickhouse-1-1", "clickhouse-1-2", "clickhouse-2-1", "clickhouse-2-2");

  private static final Path SQL = Path.of("..", "sql", "cluster");
  private static final String[] KEEPERS = {"keeper-1", "keeper-2", "keeper-3"};

  private final Network network;
  private final ClickHouseServer keeper;
  private final Map<String, ClickHouseServer> servers = new LinkedHashMap<>();

  ClickHouseCluster() throws IOException {
    Docker.requireDaemon();
    network = Network.newNetwork();
    keeper =
        new ClickHouseServer()
            .in(network, KEEPERS)
            .with("config.d/keeper.xml", Keeper.configuration(KEEPERS[0]));
    for (String name : SERVERS) {
      servers.put(
          name,
          new ClickHouseServer()
              .in(network, name)
              .with("config.d/sluice.xml", configuration(name))
              .with("users.d/sluice.xml", read("users.d")));
    }
    try {
      keeper.start();
      servers.values().forEach(ClickHouseServer::start);
      for (String statement : SqlMigrations.statements(SQL)) {
        server(SERVERS.get(0)).sql(statement);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static String read(String folder) throws IOException {
    return Files.readString(SQL.resolve(Path.of(folder, "sluice.xml")));
  }

  /** As delivered, with the server's own macros. */
  private static String configuration(String server) throws IOException {
    String delivered = read("config.d");
    String mine =
        delivered
            .replace("<shard>1</shard>", "<shard>" + server.split("-", 3)[1] + "</shard>")
            .replace("<replica>clickhouse-1-1</replica>", "<replica>" + server + "</replica>")
            .replace("<zookeeper>", "<zookeeper><session_timeout_ms>6000</session_timeout_ms>");
    if (delivered.equals(mine) || !mine.contains("<replica>" + server + "</replica>")) {
      throw new IOException("config.d/sluice.xml has no macros of clickhouse-1-1 any more");
    }
    return mine;
  }

  ClickHouseServer server(String name) {
    return servers.get(name);
  }

  /** Rows of a local table, server by server. */
  Map<String, Long> rowsByServer(String table, String askedServer) throws IOException {
    Map<String, Long> rows = new LinkedHashMap<>();
    server(askedServer)
        .target()
        .sql(
            "SELECT hostName() AS host, count() FROM clusterAllReplicas('sluice', logs_local.%s) GROUP BY host ORDER BY host"
                .formatted(table))
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(line -> rows.put(line[0], Long.valueOf(line[1])));
    return rows;
  }

  /** Until each replica has fetched what the other one of its shard has. */
  void synchronize(String askedServer, List<String> tables) throws IOException {
    for (String table : tables) {
      server(askedServer).sql("SYSTEM SYNC REPLICA ON CLUSTER 'sluice' logs_local." + table);
    }
  }

  /** Kills a server and waits until the others do not count on it any more. */
  void kill(String name, String survivor) {
    server(name).kill();
    awaitActiveReplicas(survivor, "1");
  }

  /** Starts a killed one, and waits until the others count on it again. */
  void startAgain(String name, String survivor) {
    server(name).startAgain();
    awaitActiveReplicas(survivor, "2");
  }

  private void awaitActiveReplicas(String server, String count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .ignoreException(IOException.class)
        .until(
            () ->
                server(server)
                    .target()
                    .sql(
                        "SELECT active_replicas FROM system.replicas"
                            + " WHERE database = 'logs_local' AND table = 'http_log'")
                    .equals(count));
  }

  @Override
  public void close() {
    servers.values().forEach(ClickHouseServer::close);
    keeper.close();
    network.close();
  }
}
