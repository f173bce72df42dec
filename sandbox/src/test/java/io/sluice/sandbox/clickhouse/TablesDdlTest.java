package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablesDdlTest {
  @Test
  void anotherDatabaseIsNamedInEveryStatement() throws Exception {
    List<String> statements = TablesDdl.asTheyAre().in("other").statements();

    assertThat(statements).hasSize(4).allMatch(ddl -> ddl.contains("other"));
    assertThat(statements).noneMatch(ddl -> ddl.contains("logs"));
    assertThat(statements.get(3)).contains("other.http_log_mv TO other.http_log_agg");
  }

  @Test
  void replicatedTablesHaveAPathAndAWindowOfTheirOwnEach() throws Exception {
    List<String> statements = TablesDdl.asTheyAre().replicated("/p").statements();

    assertThat(statements.get(1)).contains("ENGINE = ReplicatedMergeTree('/p/rows', 'one')");
    assertThat(statements.get(2))
        .contains(
            "ENGINE = ReplicatedSummingMergeTree('/p/totals', 'one', (bytes_sent, requests))");
    assertThat(statements.subList(1, 3))
        .allMatch(ddl -> ddl.contains("SETTINGS replicated_deduplication_window = 100000,"));
  }

  @Test
  void aSmallWindowReplacesTheLargeOneInBothTables() throws Exception {
    assertThat(TablesDdl.asTheyAre().withWindow(5).statements())
        .filteredOn(ddl -> ddl.contains("non_replicated_deduplication_window = 5"))
        .hasSize(2);
  }
}
