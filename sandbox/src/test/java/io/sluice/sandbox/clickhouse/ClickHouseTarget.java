package io.sluice.sandbox.clickhouse;

import io.sluice.block.Block;
import io.sluice.clickhouse.ClickHouseClient;
import io.sluice.clickhouse.Endpoint;
import io.sluice.clickhouse.InsertRequest;
import io.sluice.clickhouse.InsertStatement;
import io.sluice.clickhouse.Outcome;
import io.sluice.clickhouse.Timeouts;
import io.sluice.job.HttpLogTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A database with the tables, at some server, and the job's own way to insert into them. */
record ClickHouseTarget(URI url, String user, String password, String database) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** What table and totals have: the first two are equal, and the last two, if both are right. */
  record Contents(long rows, long totalRequests, long bytes, long totalBytes) {}

  String sql(String statement) throws IOException {
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

  void createTablesAnew(TablesDdl ddl) throws IOException {
    dropTables();
    for (String statement : ddl.statements()) {
      sql(statement);
    }
  }

  /** Waits until nothing of them is left, in Keeper neither. */
  void dropTables() throws IOException {
    sql("DROP DATABASE IF EXISTS " + database + " SYNC");
  }

  Contents contents() throws IOException {
    String[] numbers =
        sql("""
            SELECT *
            FROM (SELECT count(), sum(bytes_sent) FROM %1$s.http_log) AS stored
            CROSS JOIN (SELECT sum(requests), sum(bytes_sent) FROM %1$s.http_log_agg) AS totals
            """
                .formatted(database))
            .split("\t", 4);
    return new Contents(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[3]));
  }

  InsertStatement statement() {
    return new InsertStatement(
        database, "http_log", HttpLogTable.httpLog(database, "http_log").columnNames());
  }

  InsertRequest request(String token, List<Block> blocks) {
    return new InsertRequest(
        statement(),
        token,
        blocks.stream().map(Block::frame).toList(),
        blocks.stream().mapToInt(Block::rowCount).sum());
  }

  /** Sends a request as the job does, once. */
  Outcome send(InsertRequest request) {
    Endpoint endpoint = new Endpoint(url, user, password, Timeouts.DEFAULT);
    try (ClickHouseClient client = new ClickHouseClient(endpoint)) {
      return client.insert(request);
    }
  }
}
