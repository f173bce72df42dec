package io.sluice.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.clickhouse.SqlMigrations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InsertVariantTest {
  @ParameterizedTest
  @EnumSource(InsertVariant.class)
  void createsNothingOutsideItsOwnDatabase(InsertVariant variant) throws IOException {
    assertThat(variant.statements(sql(), "scratch"))
        .noneMatch(statement -> statement.matches("(?s).*\\blogs\\b.*"))
        .anyMatch(statement -> statement.contains("scratch.http_log\n"));
  }

  @ParameterizedTest
  @CsvSource({"PLAIN, 0", "ALL_VIEWS, 7", "CUBE, 1", "CUBE_SUMMED_LATER, 1"})
  void fillsAsManyTablesByViews(InsertVariant variant, int views) throws IOException {
    assertThat(variant.statements(sql(), "scratch"))
        .filteredOn(statement -> statement.startsWith("CREATE MATERIALIZED VIEW"))
        .hasSize(views);
  }

  private static List<String> sql() throws IOException {
    return SqlMigrations.statements(Path.of("..", "sql"));
  }
}
