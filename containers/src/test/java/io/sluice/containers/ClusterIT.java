package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import io.sluice.sandbox.clickhouse.ViewedRows;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code sql/cluster/} on two shards of two replicas: a repeat is dropped by whichever server it
 * comes, and whichever replica has died since.
 */
class ClusterIT {
  private static final ViewedRows ROWS = new ViewedRows("/cluster/", 10_000, 3);

  private static final String ONE = "clickhouse-1-1";
  private static final String OTHER = "clickhouse-1-2";
  private static final String FAR = "clickhouse-2-2";

  @AutoClose private static ClickHouseCluster cluster;

  /** No token of an earlier test: those outlive the rows in Keeper. */
  private final String token = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws Exception {
    cluster = new ClickHouseCluster();
    // Waits for no replica but the one it writes to: a repeat may then come to another one alone.
    cluster
        .server(ONE)
        .sql(
            "CREATE USER hasty ON CLUSTER 'sluice' IDENTIFIED WITH sha256_password BY 'secret'"
                + " SETTINGS insert_quorum = '0'",
            "GRANT ON CLUSTER 'sluice' INSERT ON logs.http_log TO hasty",
            "GRANT ON CLUSTER 'sluice' INSERT ON logs_local.http_log TO hasty");
  }

  @BeforeEach
  void emptyTables() throws Exception {
    for (String table : Stored.TABLES) {
      cluster.server(ONE).sql("TRUNCATE TABLE logs_local." + table + " ON CLUSTER 'sluice' SYNC");
    }
  }

  private InsertRequest request() {
    return cluster.server(ONE).target().request(token, ROWS.smallBlocks());
  }

  private Outcome sendTo(String server) {
    return cluster.server(server).target().send(request());
  }

  private Outcome sendHastilyTo(String server) {
    ClickHouseTarget hasty =
        new ClickHouseTarget(cluster.server(server).url(), "hasty", "secret", "logs");
    return hasty.send(request());
  }

  /** By the names that are asked, and on each replica: both of a shard have all of its rows. */
  private static void assertOnceOnAllReplicas(String asked) throws Exception {
    cluster.synchronize(asked, Stored.TABLES);
    Stored.assertInAllLevels(cluster.server(asked).target(), ROWS.count());
    Map<String, Long> rows = cluster.rowsByServer("http_log", asked);
    assertThat(rows).containsOnlyKeys(ClickHouseCluster.SERVERS);
    assertThat(rows.get(ONE)).isPositive().isEqualTo(rows.get(OTHER));
    assertThat(rows.get(FAR)).isPositive().isEqualTo(rows.get("clickhouse-2-1"));
    assertThat(rows.get(ONE) + rows.get(FAR)).isEqualTo(ROWS.count());
  }

  @Test
  void theSameRequestTwiceIsStoredOnceInAllLevelsOfBothShards() throws Exception {
    Stored.assertAccepted(sendTo(ONE));
    Stored.assertAccepted(sendTo(ONE));

    assertOnceOnAllReplicas(ONE);
  }

  /** A server that has a replica writes to its own: each of the others is another way in. */
  @Test
  void aRepeatByEachOtherServerIsStoredOnce() throws Exception {
    Stored.assertAccepted(sendTo(ONE));
    for (String other : ClickHouseCluster.SERVERS) {
      Stored.assertAccepted(sendTo(other));
    }

    assertOnceOnAllReplicas(ONE);
  }

  @Test
  void aRepeatToTheOtherReplicaIsStoredOnceWhenTheFirstWasKilledInBetween() throws Exception {
    Stored.assertAccepted(sendTo(ONE));
    cluster.kill(ONE, OTHER);
    try {
      Stored.assertAccepted(sendHastilyTo(OTHER));
      Stored.assertAccepted(sendHastilyTo(FAR));
    } finally {
      cluster.startAgain(ONE, OTHER);
    }

    assertOnceOnAllReplicas(OTHER);
  }

  /** As delivered, a request waits for more than half of the replicas: of two that is both. */
  @Test
  void aRequestWaitsForAKilledReplicaAndIsThenStoredOnce() throws Exception {
    cluster.kill(ONE, OTHER);
    Outcome waits;
    try {
      waits = sendTo(OTHER);
    } finally {
      cluster.startAgain(ONE, OTHER);
    }

    // TOO_FEW_LIVE_REPLICAS
    Stored.assertPassing(waits, 285);
    Stored.assertAccepted(sendTo(OTHER));
    assertOnceOnAllReplicas(OTHER);
  }

  @Test
  void newRequestsWithEqualRowsAreBothStored() throws Exception {
    ClickHouseTarget target = cluster.server(ONE).target();

    Stored.assertAccepted(target.send(target.request(token + "-a", ROWS.blocks())));
    Stored.assertAccepted(target.send(target.request(token + "-b", ROWS.blocks())));

    Stored.assertInAllLevels(target, 2 * ROWS.count());
  }
}
