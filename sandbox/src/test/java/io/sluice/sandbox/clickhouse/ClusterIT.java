package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.ops.audit.TotalsTables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables of {@code sql/cluster/} in the real engine, as far as it goes: one shard, in the same
 * process, of plain tables. What it shows is the way through a Distributed table: token and
 * settings, one block of many, all levels, and the views in front. What it cannot show are Keeper
 * and rows that are cut over several shards.
 */
class ClusterIT {
  private static final ViewedRows ROWS = new ViewedRows("/week/", 6_000, 7);

  private static final List<String> TWO_SHARDS =
      List.of(
          "DROP DATABASE IF EXISTS pair SYNC",
          "CREATE DATABASE pair",
          "CREATE TABLE pair.stored AS logs_local.http_log ENGINE = MergeTree"
              + " PARTITION BY cityHash64(resource_id) % 2 ORDER BY timestamp"
              + " SETTINGS non_replicated_deduplication_window = 100",
          "CREATE TABLE pair.http_log AS pair.stored"
              + " ENGINE = Distributed('pair', pair, stored, cityHash64(resource_id))");

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static ClickHouseTarget target;

  @BeforeAll
  static void start() throws Exception {
    Path users = Files.writeString(dir.resolve("users.xml"), users());
    Path config = Files.writeString(dir.resolve("config.xml"), config(users));
    server = ChdbProcess.start(dir, "--config", config.toString());
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    target = new ClickHouseTarget(url, "default", "", "logs");
  }

  /** The profile as it is delivered, for the engine's one user. */
  private static String users() throws IOException {
    Path delivered = ClusterDdl.CLUSTER.resolve(Path.of("users.d", "sluice.xml"));
    return Files.readString(delivered)
        .replace(
            "</clickhouse>",
            """
            <users><default>
              <password/><networks><ip>::/0</ip></networks>
              <profile>default</profile><quota>default</quota>
            </default></users>
            <quotas><default/></quotas>
            </clickhouse>
            """);
  }

  /** A shard whose port is the server's own is this process. */
  private static String config(Path users) {
    return """
        <clickhouse>
          <tcp_port>9000</tcp_port>
          <macros><cluster>sluice</cluster><shard>1</shard><replica>one</replica></macros>
          <remote_servers><sluice><shard>
            <internal_replication>true</internal_replication>
            <replica><host>127.0.0.1</host><port>9000</port></replica>
          </shard></sluice>
          <pair>
            <shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard>
            <shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard>
          </pair></remote_servers>
          <users_config>%s</users_config>
        </clickhouse>
        """
        .formatted(users);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void emptyTables() throws Exception {
    createTables("{cluster}");
  }

  private static void createTables(String cluster) throws IOException {
    target.dropTables();
    target.sql("DROP DATABASE IF EXISTS logs_local SYNC");
    for (String statement : ClusterDdl.withoutKeeper()) {
      target.sql(statement.replace("{cluster}", cluster));
    }
    // Rows of the past would expire from the levels that keep days.
    target.sql("SYSTEM STOP MERGES");
  }

  @Test
  void theEngineReadsEveryStatementAsItIs() throws Exception {
    for (Path file : SqlMigrations.filesInOrder(ClusterDdl.CLUSTER)) {
      for (String statement : SqlStatements.split(Files.readString(file))) {
        assertThat(target.sql("EXPLAIN AST " + statement)).as(statement).contains("Create");
      }
    }
  }

  @Test
  void theEngineReadsTheProfile() throws Exception {
    assertThat(target.sql("SELECT getSetting('insert_quorum')")).isEqualTo("auto");
  }

  @Test
  void aRequestThatIsSentTwiceIsStoredOnceInAllLevels() throws Exception {
    send("week", ROWS.blocks());
    send("week", ROWS.blocks());

    assertEverywhere(ROWS.count());
  }

  @Test
  void equalRequestsUnderDifferentTokensAreBothStored() throws Exception {
    send("one", ROWS.blocks());
    send("other", ROWS.blocks());
    send("one", ROWS.blocks());

    assertEverywhere(2 * ROWS.count());
  }

  /** Else a request would take many entries of the window, and could be cut differently. */
  @Test
  void theShardFormsOneBlockOfARequestOfMany() throws Exception {
    List<Block> blocks = ROWS.smallBlocks();
    assertThat(blocks).hasSizeGreaterThan(5);

    send("week", blocks);

    assertThat(
            target.sql(
                "SELECT count(), uniqExact(partition_id) FROM system.parts"
                    + " WHERE database = 'logs_local' AND table = 'http_log' AND active"))
        .isEqualTo(ROWS.partitions() + "\t" + ROWS.partitions());
    assertEverywhere(ROWS.count());
  }

  @Test
  void aRepeatHealsALevelThatFailedOnTheShard() throws Exception {
    target.sql("DETACH TABLE logs_local.http_log_day");
    Outcome failed = target.send(target.request("week", ROWS.blocks()));
    target.sql("ATTACH TABLE logs_local.http_log_day");
    assertThat(failed.kind()).isNotEqualTo(Outcome.Kind.ACCEPTED);

    send("week", ROWS.blocks());

    assertEverywhere(ROWS.count());
  }

  /**
   * Both shards are this engine and one table, so both parts of a request come to it under one
   * token. The table keeps them apart by its partitions, for each of which a token counts anew: a
   * row that had come to the other shard would be missing, and be there twice after the repeat.
   */
  @Test
  void aRequestIsCutByResourceForTwoShardsAndTheRepeatJustSo() throws Exception {
    for (String statement : TWO_SHARDS) {
      target.sql(statement);
    }
    ClickHouseTarget pair = new ClickHouseTarget(target.url(), "default", "", "pair");

    for (int i = 0; i < 2; i++) {
      Outcome outcome = pair.send(pair.request("week", ROWS.smallBlocks()));
      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
    }

    assertThat(target.sql("SELECT count(), uniqExact(url) FROM pair.stored"))
        .isEqualTo(ROWS.count() + "\t" + ROWS.count());
    assertThat(
            target.sql(
                "SELECT count(), uniqExact(partition_id) FROM system.parts"
                    + " WHERE database = 'pair' AND active"))
        .isEqualTo("2\t2");
  }

  @Test
  void trafficReadsTheDistributedTables() throws Exception {
    send("week", ROWS.blocks());

    for (String step : List.of("hour", "day")) {
      for (String by :
          List.of("response_status", "resource_id", "network", "resource_id,network")) {
        if (step.equals("hour") && by.equals("resource_id,network")) {
          continue; // http_log itself, which has hours of 34 days only.
        }
        assertThat(
                target.sql(
                    """
                    SELECT sum(requests), uniqExact(time), sum(bytes_sent) = (
                        SELECT sum(bytes_sent) FROM logs.http_log)
                    FROM logs.traffic(from = %d, to = %d, step = '%s', by = '%s')
                    """
                        .formatted(
                            Today.START.getEpochSecond(),
                            Today.START.plus(Duration.ofDays(400)).getEpochSecond(),
                            step,
                            by)))
            .as("%s by %s", step, by)
            .isEqualTo(ROWS.count() + "\t" + ROWS.partitions() + "\t1");
      }
    }
  }

  /** With two shards, since the engine refuses some subqueries then; they have the same rows. */
  @Test
  void snapshotsAreTakenOfAllShards() throws Exception {
    createTables("pair");
    target.sql(
        "INSERT INTO logs_local.http_log (timestamp, resource_id, bytes_sent, response_status,"
            + " cache_status, remote_addr) SELECT now(), number % 7, 10, 200, 'HIT',"
            + " concat('10.0.', toString(number % 5), '.X') FROM numbers(700)");
    Map<String, Integer> groups = Map.of("resource_id", 7, "network", 5, "resource_id,network", 35);

    for (String range : List.of("24h", "30d")) {
      target.sql("SYSTEM REFRESH VIEW logs.http_log_top_" + range + "_mv");
      target.sql("SYSTEM WAIT VIEW logs.http_log_top_" + range + "_mv");
      for (String by : groups.keySet()) {
        assertThat(
                target.sql(
                    """
                    SELECT count(), sum(requests), sum(bytes_sent)
                    FROM logs.traffic_top(range = '%s', by = '%s')
                    """
                        .formatted(range, by)))
            .as("%s by %s", range, by)
            .isEqualTo(groups.get(by) + "\t1400\t14000");
      }
    }
  }

  private static void send(String token, List<Block> blocks) {
    Outcome outcome = target.send(target.request(token, blocks));
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
  }

  /** By the names that are asked, and on the shard itself. */
  private static void assertEverywhere(int rows) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (String database : List.of("logs", "logs_local")) {
      String stored = target.sql("SELECT count(), sum(bytes_sent) FROM " + database + ".http_log");
      assertThat(stored).startsWith(rows + "\t");
      for (String table : TotalsTables.NAMES) {
        found.put(
            database + "." + table,
            target.sql("SELECT sum(requests), sum(bytes_sent) FROM " + database + "." + table));
      }
      assertThat(found.values()).as("%s beside %s", found, stored).containsOnly(stored);
    }
  }
}
