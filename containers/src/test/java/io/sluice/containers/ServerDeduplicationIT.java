package io.sluice.containers;

import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import io.sluice.sandbox.clickhouse.DeduplicationContract;
import io.sluice.sandbox.clickhouse.TablesDdl;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

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
