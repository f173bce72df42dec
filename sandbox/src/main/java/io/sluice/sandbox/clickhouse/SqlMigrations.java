package io.sluice.sandbox.clickhouse;

import io.sluice.ops.sql.ClickHouseAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Applies the numbered files of {@code sql/} to a ClickHouse. Every statement is idempotent, so
 * applying them again changes nothing.
 */
public final class SqlMigrations {
  private static final Pattern NUMBERED = Pattern.compile("\\d{3}_\\w+\\.sql");
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(2);

  private SqlMigrations() {}

  /**
   * Posts each statement of each file, in the order of the files' numbers.
   *
   * @param sqlDir the folder; files in it that are not named {@code 001_name.sql} are an error
   * @param directUrl ClickHouse itself: behind the rate-limiting proxy each statement would take a
   *     window
   * @param progress takes one line per file
   * @throws IOException if ClickHouse cannot be reached or refuses a statement; the message names
   *     file and statement
   */
  public static void apply(Path sqlDir, URI directUrl, Consumer<String> progress)
      throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    for (Path file : filesInOrder(sqlDir)) {
      List<String> statements = SqlStatements.split(Files.readString(file));
      for (String statement : statements) {
        post(client, directUrl, file, statement);
      }
      progress.accept(file.getFileName() + ": " + statements.size() + " statement(s) applied");
    }
  }

  /** All statements of a folder, in the order in which {@link #apply} posts them. */
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

  private static void post(HttpClient client, URI url, Path file, String statement)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(STATEMENT_TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString(statement))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (!ClickHouseAnswer.isSuccess(response)) {
      throw new IOException(
          "%s: HTTP %d: %s%nfor statement: %s"
              .formatted(
                  file.getFileName(), response.statusCode(), response.body().strip(), statement));
    }
  }
}
