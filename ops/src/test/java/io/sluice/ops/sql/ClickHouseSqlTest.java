package io.sluice.ops.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClickHouseSqlTest {
  @Test
  void rowsAreAskedForInAFormat() {
    assertThat(ClickHouseSql.withFormat("SELECT 1;\n", "TSV")).isEqualTo("SELECT 1\nFORMAT TSV");
    assertThat(ClickHouseSql.withFormat("with 1 as x select x", "TSV")).endsWith("FORMAT TSV");
    assertThat(ClickHouseSql.withFormat("SELECT(1)", "TSV")).endsWith("FORMAT TSV");
  }

  @Test
  void aFormatOfItsOwnStays() {
    assertThat(ClickHouseSql.withFormat("SELECT 1 format JSON", "TSV"))
        .isEqualTo("SELECT 1 format JSON");
  }

  @Test
  void statementsWithoutRowsAreLeftAlone() {
    assertThat(ClickHouseSql.withFormat("TRUNCATE TABLE logs.http_log", "TSV"))
        .isEqualTo("TRUNCATE TABLE logs.http_log");
  }
}
