package io.sluice.bench.queries;

import io.sluice.bench.ProcessCpu;
import io.sluice.ops.report.Quantiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Inserts the same rows into several sets of tables, in turns, so that what else happens on the
 * machine meets all of them alike. Each turn has a new database, and ends when merges have.
 */
final class InsertBench {
  private final BenchClient client;
  private final ProcessHandle server;
  private final List<String> sql;
  private final Consumer<String> progress;

  /**
   * @param sql the statements of {@code sql/}
   */
  InsertBench(
      BenchClient client, ProcessHandle server, List<String> sql, Consumer<String> progress) {
    this.client = client;
    this.server = server;
    this.sql = sql;
    this.progress = progress;
  }

  private record Turn(double rowsPerSecond, double cpuSecondsPerMillion) {}

  /**
   * Measures all variants with requests of one size.
   *
   * @param bodies of {@code rowsPerInsert} rows each; all are sent in each turn
   */
  List<QueriesResult.InsertResult> run(List<byte[]> bodies, int rowsPerInsert, int rounds) {
    InsertVariant[] variants = InsertVariant.values();
    Map<InsertVariant, List<Turn>> turns = new EnumMap<>(InsertVariant.class);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < variants.length; i++) {
        InsertVariant variant = variants[(round + i) % variants.length];
        Turn turn = turn(variant, bodies, rowsPerInsert);
        turns.computeIfAbsent(variant, each -> new ArrayList<>()).add(turn);
        progress.accept(
            "%,d rows per insert, round %d of %d, %s: %,.0f rows/s, %.2f CPU s per M rows"
                .formatted(
                    rowsPerInsert,
                    round + 1,
                    rounds,
                    variant.label,
                    turn.rowsPerSecond(),
                    turn.cpuSecondsPerMillion()));
      }
    }
    return turns.entrySet().stream()
        .map(
            each ->
                new QueriesResult.InsertResult(
                    each.getKey(),
                    rowsPerInsert,
                    Math.round(Quantiles.median(each.getValue(), Turn::rowsPerSecond)),
                    Quantiles.median(each.getValue(), Turn::cpuSecondsPerMillion)))
        .toList();
  }

  private Turn turn(InsertVariant variant, List<byte[]> bodies, int rowsPerInsert) {
    String database = "bench_" + variant.name().toLowerCase(Locale.ROOT);
    client.run("DROP DATABASE IF EXISTS " + database + " SYNC");
    variant.statements(sql, database).forEach(client::run);
    try {
      ProcessCpu cpu = new ProcessCpu(server);
      long nanos = 0;
      for (byte[] body : bodies) {
        String token = UUID.randomUUID().toString();
        nanos += client.insert(database + ".http_log", variant.settings(), token, body);
      }
      new Merges(client, database).settle();
      double rows = (double) bodies.size() * rowsPerInsert;
      return new Turn(rows / (nanos / 1e9), cpu.seconds() / (rows / 1e6));
    } finally {
      client.run("DROP DATABASE IF EXISTS " + database + " SYNC");
    }
  }
}
