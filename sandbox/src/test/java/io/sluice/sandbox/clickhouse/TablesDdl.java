package io.sluice.sandbox.clickhouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of {@code sql/}, as they are or changed for a test: {@code sql/} stays the only
 * place where the tables are defined.
 */
public record TablesDdl(List<String> statements) {
  private static final Path SQL = Path.of("..", "sql");
  private static final Pattern DATABASE = Pattern.compile("\\blogs\\b");
  private static final Pattern TABLE =
      Pattern.compile("^CREATE TABLE IF NOT EXISTS \\w+\\.(?<name>\\w+)");
  private static final Pattern ENGINE =
      Pattern.compile("ENGINE = (?<engine>(Summing)?MergeTree)(\\((?<arguments>.*)\\))?");
  private static final String WINDOW = "non_replicated_deduplication_window = 100000";

  public TablesDdl {
    statements = List.copyOf(statements);
  }

  public static TablesDdl asTheyAre() throws IOException {
    List<String> statements = new ArrayList<>();
    for (Path file : SqlMigrations.filesInOrder(SQL)) {
      statements.addAll(SqlStatements.split(Files.readString(file)));
    }
    return new TablesDdl(statements);
  }

  /** In a database of another name; but for the functions, which have none. */
  public TablesDdl in(String database) {
    return new TablesDdl(
        statements.stream().map(ddl -> DATABASE.matcher(ddl).replaceAll(database)).toList());
  }

  /** With tables that remember so many blocks only. */
  TablesDdl withWindow(int blocks) {
    return replaced(WINDOW, "non_replicated_deduplication_window = " + blocks);
  }

  /**
   * The same tables, kept by Keeper: one replica, and tokens remembered for a week.
   *
   * @param path in Keeper; one that was never used
   */
  public TablesDdl replicated(String path) {
    TablesDdl windows =
        replaced(
            WINDOW,
            "replicated_deduplication_window = 100000,"
                + " replicated_deduplication_window_seconds = 604800");
    return new TablesDdl(
        windows.statements.stream().map(ddl -> withReplicatedEngine(ddl, path)).toList());
  }

  private static String withReplicatedEngine(String ddl, String path) {
    Matcher table = TABLE.matcher(ddl);
    if (!table.find()) {
      return ddl;
    }
    Matcher engine = ENGINE.matcher(ddl);
    if (!engine.find()) {
      throw new IllegalStateException("no engine that can be replicated in " + ddl);
    }
    String arguments = engine.group("arguments");
    return engine.replaceFirst(
        Matcher.quoteReplacement(
            "ENGINE = Replicated%s('%s/%s', 'one'%s)"
                .formatted(
                    engine.group("engine"),
                    path,
                    table.group("name"),
                    arguments == null ? "" : ", " + arguments)));
  }

  private TablesDdl replaced(String text, String by) {
    if (statements.stream().noneMatch(ddl -> ddl.contains(text))) {
      throw new IllegalStateException("sql/ has no '" + text + "' any more");
    }
    return new TablesDdl(statements.stream().map(ddl -> ddl.replace(text, by)).toList());
  }
}
