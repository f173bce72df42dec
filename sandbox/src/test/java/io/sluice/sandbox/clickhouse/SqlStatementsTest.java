package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementsTest {
  @Test
  void splitsAtSemicolons() {
    assertThat(SqlStatements.split("SELECT 1;\nSELECT 2;\n"))
        .containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void takesALastStatementWithoutSemicolon() {
    assertThat(SqlStatements.split("SELECT 1; SELECT 2")).containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void findsNoStatementInBlanksAndComments() {
    assertThat(SqlStatements.split(" ;;\n-- nothing; here\n/* nor; here */ ;")).isEmpty();
  }

  @Test
  void dropsCommentsWithTheirSemicolonsAndQuotes() {
    assertThat(SqlStatements.split("SELECT -- it's; one\n1 /* it's; one */+ 1;"))
        .containsExactly("SELECT \n1  + 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b'",
        "SELECT 'it''s; one'",
        "SELECT 'it\\'s; one'",
        "SELECT '-- no comment'",
        "SELECT `a;b`, \"c;d\"",
        "SELECT '/* no comment'",
      })
  void leavesWhatIsQuotedAsItIs(String statement) {
    assertThat(SqlStatements.split(statement + ";")).containsExactly(statement);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 'a", "SELECT `a", "SELECT \"a", "SELECT /* a", "SELECT 'a\\"})
  void refusesWhatIsNotClosed(String sql) {
    assertThatThrownBy(() -> SqlStatements.split(sql)).hasMessageContaining("is not closed");
  }
}
