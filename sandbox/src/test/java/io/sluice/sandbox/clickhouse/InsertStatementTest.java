package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertStatementTest {
  @Test
  void takesFormatAndStatementApart() {
    assertThat(InsertStatement.parse("INSERT INTO logs.t (a, b) FORMAT Native"))
        .hasValue(new InsertStatement("INSERT INTO logs.t (a, b)", "Native"));
  }

  @Test
  void knowsLowerCaseLineEndsAndSettings() {
    assertThat(InsertStatement.parse("insert into t\nsettings a = 1\nformat RowBinary ;\n"))
        .hasValue(new InsertStatement("insert into t\nsettings a = 1", "RowBinary"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FORMAT Native",
        "INSERT INTO t VALUES (1)",
        "INSERT INTO t FORMAT JSONEachRow {\"a\": 1}",
        "INSERT INTO t SELECT 1",
        "",
      })
  void leavesOtherStatementsWhole(String query) {
    assertThat(InsertStatement.parse(query)).isEmpty();
  }
}
