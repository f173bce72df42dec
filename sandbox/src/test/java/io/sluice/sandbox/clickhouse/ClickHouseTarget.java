package io.sluice.sandbox.clickhouse;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.ClickHouseClient;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.InsertStatement;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Timeouts;
import io.sluice.httplog.HttpLogTable;
import io.sluice.ops.audit.TotalsTables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A database with the tables, at some server, and the job's own way to insert into them. */
public record ClickHouseTarget(URI url, String user, String password, String database) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Counted and added up: of one table. */
  public record Sums(long requests, long bytes) {}

  /**
   * What {@code http_log} has, and what each table of totals has of it: all are equal if all are
   * right.
   */
  public record Contents(Sums log, Map<String, Sums> totals) {
    public Contents {
      totals = Collections.unmodifiableMap(new TreeMap<>(totals));
    }

    /** For rows that are older than that table keeps any. */
    Contents without(String table) {
      Map<String, Sums> others = new TreeMap<>(totals);
      others.remove(table);
      return new Contents(log, others);
    }

    public long rows() {
      return log.requests;
    }

    /** The tables of totals that have something else than {@code http_log}. */
    public List<String> differing() {
      return totals.keySet().stream().filter(table -> !totals.get(table).equals(log)).toList();
    }
  }

  public String sql(String statement) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("X-ClickHouse-User", user)
            .header("X-ClickHouse-Key", password)
            .POST(HttpRequest.BodyPublishers.ofString(statement))
            .build();
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(response.statusCode() + ": " + response.body());
      }
      return response.body().stripTrailing();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  public void createTablesAnew(TablesDdl ddl) throws IOException {
    dropTables();
    for (String statement : ddl.statements()) {
      sql(statement);
    }
  }

  /** Waits until nothing of them is left, in Keeper neither. */
  public void dropTables() throws IOException {
    sql("DROP DATABASE IF EXISTS " + database + " SYNC");
  }

  public Contents contents() throws IOException {
    String query =
        TotalsTables.NAMES.stream()
            .map(
                table ->
                    "SELECT '%s', sum(requests), sum(bytes_sent) FROM %s.%1$s"
                        .formatted(table, database))
            .collect(
                Collectors.joining(
                    " UNION ALL ",
                    "SELECT '', count(), sum(bytes_sent) FROM %s.http_log UNION ALL "
                        .formatted(database),
                    ""));
    Map<String, Sums> sums =
        sql(query)
            .lines()
            .map(line -> line.split("\t", -1))
            .collect(
                Collectors.toMap(
                    row -> row[0],
                    row ->
                        new Sums(Long.parseUnsignedLong(row[1]), Long.parseUnsignedLong(row[2]))));
    Sums log = sums.remove("");
    return new Contents(log, sums);
  }

  public InsertStatement statement() {
    return new InsertStatement(
        database,
        "http_log",
        HttpLogTable.httpLog(database, "http_log").columnNames(),
        HttpLogTable.INSERT_SETTINGS);
  }

  public InsertRequest request(String token, List<Block> blocks) {
    return new InsertRequest(statement(), token, blocks.stream().map(Block::frame).toList());
  }

  /** Sends a request as the job does, once. */
  public Outcome send(InsertRequest request) {
    Endpoint endpoint = new Endpoint(url, user, password, Timeouts.DEFAULT, Authorities.OF_THE_JVM);
    try (ClickHouseClient client = new ClickHouseClient(endpoint)) {
      return client.insert(request);
    }
  }
}
