package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.audit.TotalsTables;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesDdlTest {
  private static final int TABLES = 1 + TotalsTables.NAMES.size();

  @Test
  void anotherDatabaseIsNamedInEveryStatementButThoseOfFunctions() throws Exception {
    List<String> statements = TablesDdl.asTheyAre().in("other").statements();

    assertThat(statements)
        .allMatch(ddl -> ddl.contains("other") || ddl.contains("CREATE OR REPLACE FUNCTION"))
        .noneMatch(ddl -> ddl.contains("logs"));
    assertThat(statements)
        .anyMatch(
            ddl -> ddl.contains("VIEW IF NOT EXISTS other.http_log_day_mv TO other.http_log_day "))
        .anyMatch(ddl -> ddl.contains("merge('other', "));
  }

  @Test
  void everyTableOfTotalsIsDefined() throws Exception {
    List<String> statements = TablesDdl.asTheyAre().statements();

    assertThat(TotalsTables.NAMES)
        .allSatisfy(
            table ->
                assertThat(statements)
                    .anyMatch(ddl -> ddl.startsWith("CREATE TABLE IF NOT EXISTS logs." + table)));
  }

  @Test
  void replicatedTablesHaveAPathAndAWindowOfTheirOwnEach() throws Exception {
    List<String> statements = TablesDdl.asTheyAre().replicated("/p").statements();

    assertThat(statements)
        .anyMatch(ddl -> ddl.contains("ENGINE = ReplicatedMergeTree('/p/http_log', 'one')\n"));
    assertThat(TotalsTables.NAMES)
        .allSatisfy(
            table ->
                assertThat(statements)
                    .anyMatch(
                        ddl ->
                            ddl.contains(
                                "ENGINE = ReplicatedSummingMergeTree('/p/%s', 'one', (bytes_sent, requests))\n"
                                    .formatted(table))));
    assertThat(statements)
        .filteredOn(ddl -> ddl.contains("SETTINGS replicated_deduplication_window = 100000,"))
        .hasSize(TABLES);
  }

  @Test
  void aSmallWindowReplacesTheLargeOneInEveryTable() throws Exception {
    assertThat(TablesDdl.asTheyAre().withWindow(5).statements())
        .filteredOn(ddl -> ddl.contains("non_replicated_deduplication_window = 5"))
        .hasSize(TABLES);
  }
}
