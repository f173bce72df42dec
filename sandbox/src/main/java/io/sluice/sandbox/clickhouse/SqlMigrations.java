package io.sluice.sandbox.clickhouse;

import io.sluice.ops.OperatorException;
import io.sluice.ops.sql.ClickHouseSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Applies the numbered files of {@code sql/} to a ClickHouse. Every statement is idempotent, so
 * applying them again changes nothing.
 */
public final class SqlMigrations {
  private static final Pattern NUMBERED = Pattern.compile("\\d{3}_\\w+\\.sql");

  private SqlMigrations() {}

  /**
   * Runs each statement of each file.
   *
   * @param sqlDir the folder; files in it that are not named {@code 001_name.sql} are an error
   * @throws OperatorException if ClickHouse cannot be reached or refuses a statement
   */
  public static void apply(Path sqlDir, ClickHouseSql clickHouse) {
    try {
      statements(sqlDir).forEach(clickHouse::query);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + sqlDir, e);
    }
  }

  /** All statements of a folder, in the order of the files' numbers. */
  public static List<String> statements(Path sqlDir) throws IOException {
    List<String> statements = new ArrayList<>();
    for (Path file : filesInOrder(sqlDir)) {
      statements.addAll(SqlStatements.split(Files.readString(file)));
    }
    return List.copyOf(statements);
  }

  static List<Path> filesInOrder(Path sqlDir) throws IOException {
    try (Stream<Path> entries = Files.list(sqlDir)) {
      List<Path> files =
          entries.filter(entry -> entry.toString().endsWith(".sql")).sorted().toList();
      if (files.isEmpty()) {
        throw new IOException(sqlDir + " has no .sql files");
      }
      for (Path file : files) {
        if (!NUMBERED.matcher(file.getFileName().toString()).matches()) {
          throw new IOException(file + " is not named 001_name.sql, so its turn is unknown");
        }
      }
      return files;
    }
  }
}
