package io.sluice.containers;

import static org.awaitility.Awaitility.await;

import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import io.sluice.sandbox.clickhouse.DeduplicationContract;
import io.sluice.sandbox.clickhouse.TablesDdl;
import io.sluice.sandbox.clickhouse.ViewedRows;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Both directions of deduplication on a real server: the contract that the sandbox's engine is held
 * to, on plain tables, and on Replicated ones with a Keeper, which that engine has not.
 */
class ServerDeduplicationIT {
  @AutoClose private static ClickHouseServer server;

  @BeforeAll
  static void start() {
    server =
        new ClickHouseServer()
            .with("config.d/keeper.xml", Keeper.configuration("localhost"))
            .with("config.d/zookeeper.xml", Keeper.clientConfiguration("localhost"))
            .start();
  }

  @Nested
  class OnPlainTables extends DeduplicationContract {
    @Override
    protected ClickHouseTarget target() {
      return server.target();
    }

    @Override
    protected TablesDdl tables() throws Exception {
      return TablesDdl.asTheyAre();
    }

    @Test
    void dropsARepeatAfterTheServerWasKilledAndStarted() throws Exception {
      ViewedRows rows = new ViewedRows("/killed/", 5_000, 3);
      InsertRequest request = target().request("killed", rows.blocks());
      Stored.assertAccepted(target().send(request));

      server.kill();
      server.startAgain();
      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(() -> target().sql("SELECT 1").equals("1"));
      Stored.assertAccepted(target().send(request));

      Stored.assertInAllLevels(target(), rows.count());
    }
  }

  @Nested
  class OnReplicatedTables extends DeduplicationContract {
    @Override
    protected ClickHouseTarget target() {
      return server.target();
    }

    /** Under a path in Keeper that was never used, since a token outlives its table there. */
    @Override
    protected TablesDdl tables() throws Exception {
      return TablesDdl.asTheyAre().replicated("/" + UUID.randomUUID());
    }
  }
}
