package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlMigrationsTest {
  @TempDir Path dir;

  @Test
  void takesFilesInTheOrderOfTheirNumbers() throws Exception {
    for (String name : new String[] {"010_c.sql", "002_b.sql", "001_a.sql", "README.md"}) {
      Files.writeString(dir.resolve(name), "");
    }

    assertThat(SqlMigrations.filesInOrder(dir))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("001_a.sql", "002_b.sql", "010_c.sql");
  }

  @Test
  void refusesAFileWithoutNumber() throws Exception {
    Files.writeString(dir.resolve("tables.sql"), "");

    assertThatThrownBy(() -> SqlMigrations.filesInOrder(dir)).hasMessageContaining("tables.sql");
  }

  @Test
  void refusesAnEmptyFolder() {
    assertThatThrownBy(() -> SqlMigrations.filesInOrder(dir)).hasMessageContaining("no .sql files");
  }
}
