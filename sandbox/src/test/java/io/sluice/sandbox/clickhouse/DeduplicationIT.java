package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.ops.audit.TotalsTables;
import io.sluice.sandbox.clickhouse.ClickHouseTarget.Contents;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deduplication on the tables as {@code sql/} has them, in the real engine, whose process dies and
 * comes back. {@code -Dsluice.kills=38 -Dsluice.seed=7} makes a longer run of the kills.
 */
class DeduplicationIT extends DeduplicationContract {
  private static final long SEED = Long.getLong("sluice.seed", 20261120);
  private static final int KILLS = Integer.getInteger("sluice.kills", 4);
  private static final String DROPPED_BLOCKS =
      "SELECT sum(value) FROM system.events WHERE event = 'DuplicatedInsertedBlocks'";

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static ClickHouseTarget target;

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    target = new ClickHouseTarget(url, "default", "", "logs");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected ClickHouseTarget target() {
    return target;
  }

  @Override
  protected TablesDdl tables() throws Exception {
    return TablesDdl.asTheyAre();
  }

  @Test
  void dropsRepeatsAfterTheServerWasKilledAndStarted() throws Exception {
    send("one", ONE.blocks());
    send("other", OTHER.blocks());

    server.kill();
    server.start();
    send("one", ONE.blocks());
    send("other", OTHER.blocks());

    assertStored(2 * ONE.count());
  }

  @Test
  void aRepeatHealsWhatAKillInTheMiddleLeft() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    ViewedRows rows = new ViewedRows("/killed/", 1_000_000, 3);
    List<Block> blocks = rows.blocks();
    long startedNanos = System.nanoTime();
    send("whole", blocks);
    long wholeNanos = System.nanoTime() - startedNanos;
    Map<String, Integer> left = new TreeMap<>();
    for (int round = 1; round <= KILLS; round++) {
      target.createTablesAnew(tables());
      InsertRequest request = target.request("round-" + round, blocks);

      boolean atFirstRows = round % 2 == 0;
      // The first insert into a new engine takes about twice as long as one of these.
      sendAndKill(request, random.nextLong(wholeNanos / 2), atFirstRows);
      server.start();
      Contents found = target.contents();
      left.merge(
          found.rows() + " rows, other in " + found.differing().size() + " totals",
          1,
          Integer::sum);
      assertAccepted(target.send(request));

      Contents healed = target.contents();
      assertThat(healed.rows())
          .as("round %d of seed %d, the kill left %s", round, SEED, left)
          .isEqualTo(rows.count());
      assertTotalsEqualRows(healed);
    }
    System.out.println("Left by kills of seed " + SEED + ", healed by the repeat: " + left);
  }

  /** Kills at a moment by the clock, or when the first partition has been stored. */
  private static void sendAndKill(InsertRequest request, long delayNanos, boolean atFirstRows) {
    long startedNanos = System.nanoTime();
    CompletableFuture<Outcome> sending = CompletableFuture.supplyAsync(() -> target.send(request));
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                atFirstRows
                    ? !target.sql("SELECT count() FROM logs.http_log").equals("0")
                    : System.nanoTime() - startedNanos >= delayNanos);
    server.kill();
    // Its fate is unknown, or it was accepted just before.
    assertThat(sending.join().kind()).isIn(Outcome.Kind.TRY_AGAIN, Outcome.Kind.ACCEPTED);
  }

  /** The limit of the promise: what the tables have forgotten is stored twice. */
  @Test
  void forgetsARequestAfterAsManyOthersAsTheWindowHasBlocks() throws Exception {
    target.createTablesAnew(tables().withWindow(5));
    send("one", ONE.blocks());
    sendOthers(4, 1);
    send("one", ONE.blocks());
    assertStored(5 * ONE.count());

    sendOthers(1, 1);
    send("one", ONE.blocks());

    assertStored(7 * ONE.count());
  }

  @Test
  void aRequestOfSeveralPartitionsTakesOneBlockOfTheWindowForEach() throws Exception {
    target.createTablesAnew(tables().withWindow(6));
    ViewedRows spread = new ViewedRows("/spread/", 3_000, 3);
    send("spread", spread.blocks());
    sendOthers(1, 3);
    send("spread", spread.blocks());
    assertStored(2 * spread.count());

    sendOthers(1, 3);
    send("spread", spread.blocks());

    assertStored(4 * spread.count());
  }

  @Test
  void theEngineCountsEveryDroppedBlockTwicePerTable() throws Exception {
    ViewedRows spread = new ViewedRows("/spread/", 3_000, 3);
    long before = droppedBlocks();
    send("spread", spread.blocks());
    send("same", spread.blocks());
    assertThat(droppedBlocks()).isEqualTo(before);

    send("spread", spread.blocks());

    int tables = 1 + TotalsTables.NAMES.size();
    assertThat(droppedBlocks() - before).isEqualTo(2L * tables * spread.partitions());
  }

  /** Under tokens that were never used. */
  private void sendOthers(int requests, int partitions) throws Exception {
    ViewedRows rows = new ViewedRows("/others/", partitions == 1 ? ONE.count() : 3_000, partitions);
    for (int i = 0; i < requests; i++) {
      send("other-" + System.nanoTime(), rows.blocks());
    }
  }

  private static long droppedBlocks() throws Exception {
    return Long.parseLong(target.sql(DROPPED_BLOCKS));
  }
}
