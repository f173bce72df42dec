package io.sluice.containers;

import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import io.sluice.sandbox.clickhouse.TablesDdl;
import io.sluice.sandbox.clickhouse.ViewedRows;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The errors of a real server, brought about: each has the code that is expected, the job makes of
 * it what it should, and the same request is stored once when the cause is gone.
 */
class ErrorCodesIT {
  private static final ViewedRows ROWS = new ViewedRows("/errors/", 100_000, 1);
  private static final ViewedRows FEW = new ViewedRows("/before/", 1_000, 1);

  @AutoClose private static ClickHouseServer server;

  @BeforeAll
  static void start() {
    server = ClickHouseServer.started();
  }

  @BeforeEach
  void emptyTables() throws Exception {
    server.target().createTablesAnew(TablesDdl.asTheyAre());
  }

  private static InsertRequest request() {
    return server.target().request("errors", ROWS.blocks());
  }

  /**
   * @param settings of the user, such as {@code SETTINGS readonly = 1}
   */
  private static ClickHouseTarget user(String name, String settings) throws Exception {
    server.sql(
        "CREATE USER OR REPLACE %s IDENTIFIED WITH sha256_password BY 'secret' %s"
            .formatted(name, settings),
        "GRANT INSERT ON logs.http_log TO " + name);
    return new ClickHouseTarget(server.url(), name, "secret", "logs");
  }

  private static void assertHealed(Outcome repeat, int rows) throws Exception {
    Stored.assertAccepted(repeat);
    Stored.assertInAllLevels(server.target(), rows);
  }

  @Test
  void anUnknownTableIsRefused() throws Exception {
    server.sql("DETACH TABLE logs.http_log");
    Outcome refused = server.target().send(request());
    server.sql("ATTACH TABLE logs.http_log");

    // UNKNOWN_TABLE
    Stored.assertRefused(refused, 60);
    assertHealed(server.target().send(request()), ROWS.count());
  }

  @Test
  void anUnknownColumnIsRefused() throws Exception {
    server.sql("ALTER TABLE logs.http_log RENAME COLUMN request_time_milli TO renamed");
    Outcome refused = server.target().send(request());
    server.sql("ALTER TABLE logs.http_log RENAME COLUMN renamed TO request_time_milli");

    // NO_SUCH_COLUMN_IN_TABLE
    Stored.assertRefused(refused, 16);
    assertHealed(server.target().send(request()), ROWS.count());
  }

  @Test
  void aUserWhoMayOnlyReadIsRefused() throws Exception {
    ClickHouseTarget job = user("reader", "SETTINGS readonly = 1");
    Outcome refused = job.send(request());
    server.sql("ALTER USER reader SETTINGS readonly = 0");

    // READONLY
    Stored.assertRefused(refused, 164);
    assertHealed(job.send(request()), ROWS.count());
  }

  @Test
  void tooManyPartsPass() throws Exception {
    server.sql("SYSTEM STOP MERGES logs.http_log");
    Stored.assertAccepted(server.target().send(server.target().request("few", FEW.blocks())));
    server.sql("ALTER TABLE logs.http_log MODIFY SETTING parts_to_throw_insert = 1");
    Outcome failed = server.target().send(request());
    server.sql("ALTER TABLE logs.http_log RESET SETTING parts_to_throw_insert");

    // TOO_MANY_PARTS
    Stored.assertPassing(failed, 252);
    assertHealed(server.target().send(request()), ROWS.count() + FEW.count());
  }

  @Test
  void aFullMemoryPasses() throws Exception {
    ClickHouseTarget job =
        user("small", "SETTINGS max_memory_usage = 1000000, max_untracked_memory = 0");
    Outcome failed = job.send(request());
    server.sql("ALTER USER small SETTINGS max_memory_usage = 0");

    // MEMORY_LIMIT_EXCEEDED
    Stored.assertPassing(failed, 241);
    assertHealed(job.send(request()), ROWS.count());
  }

  @Test
  void aQuotaThatIsUsedUpPasses() throws Exception {
    ClickHouseTarget job = user("counted", "");
    server.sql("CREATE QUOTA tight FOR INTERVAL 1 HOUR MAX queries = 1 TO counted");
    Stored.assertAccepted(job.send(job.request("few", FEW.blocks())));
    Outcome failed = job.send(request());
    server.sql("DROP QUOTA tight");

    // QUOTA_EXCEEDED
    Stored.assertPassing(failed, 201);
    assertHealed(job.send(request()), ROWS.count() + FEW.count());
  }
}
