package io.sluice.sandbox.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.BlockBuilder;
import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.clickhouse.block.Column;
import io.sluice.clickhouse.block.Table;
import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.ClickHouseClient;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.InsertStatement;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Timeouts;
import io.sluice.sandbox.clickhouse.ColumnCases.Case;
import io.sluice.sandbox.clickhouse.ColumnCases.Row;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of column, by the connector's own encoder and client, into the real engine: it reads
 * back what Java has, extremes included. {@code -Dsluice.seed=7} makes other values.
 */
class ColumnTypesIT {
  private static final long SEED = Long.getLong("sluice.seed", 20261120);

  /** Some ten blocks for the rows of a case, those that had to be split among them. */
  private static final BlockSettings SMALL = new BlockSettings(1 << 10, 16 << 10, 3);

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static ClickHouseClient client;

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    server.sql("CREATE DATABASE types");
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    client =
        new ClickHouseClient(
            new Endpoint(url, "default", "", Timeouts.DEFAULT, Authorities.OF_THE_JVM));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  static Stream<Case<?>> cases() {
    return new ColumnCases(SEED).all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  <V> void theEngineReadsWhatJavaHas(Case<V> values) throws Exception {
    createTable(values.tableType());

    Outcome outcome = insert(values);

    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
    assertThat(
            server.sql("SELECT %s FROM types.t ORDER BY n".formatted(values.select())).split("\n"))
        .isEqualTo(values.rendered().toArray(String[]::new));
  }

  @Test
  void theEngineRefusesANameThatAnEnumDoesNotHave() throws Exception {
    createTable("Enum8('red' = 1)");

    Outcome outcome = insert(new ColumnCases(SEED).textInto("Enum8", List.of("red", "blue")));

    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(server.sql("SELECT count() FROM types.t")).isEqualTo("0");
  }

  private static void createTable(String type) throws Exception {
    server.sql("DROP TABLE IF EXISTS types.t SYNC");
    server.sql("CREATE TABLE types.t (n UInt64, v %s) ORDER BY n".formatted(type));
  }

  private static <V> Outcome insert(Case<V> values) {
    List<Column<Row<V>>> columns = List.of(Column.uint64("n", Row::n), values.column());
    Table<Row<V>> table = new Table<>("types", "t", columns, row -> 0);
    List<Block> blocks = new ArrayList<>();
    try (BlockBuilder<Row<V>> builder = new BlockBuilder<>(table, SMALL)) {
      for (int n = 0; n < values.values().size(); n++) {
        builder.append(new Row<>(n, values.values().get(n)));
        if (builder.isFull()) {
          builder.build(blocks::add);
        }
      }
      builder.build(blocks::add);
    }
    return client.insert(
        new InsertRequest(
            new InsertStatement("types", "t", table.columnNames(), Map.of()),
            "token",
            blocks.stream().map(Block::frame).toList()));
  }

  /** Bytes as the engine's {@code hex} shows them, of a text with one char per byte. */
  static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    for (byte b : text.getBytes(ISO_8859_1)) {
      hex.append("%02X".formatted(b));
    }
    return hex.toString();
  }
}
