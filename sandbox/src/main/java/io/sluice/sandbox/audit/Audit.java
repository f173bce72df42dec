package io.sluice.sandbox.audit;

import io.sluice.sandbox.produce.Ledger;
import io.sluice.sandbox.produce.ProducedRun;
import io.sluice.sandbox.produce.TraceId;
import io.sluice.sandbox.sql.ClickHouseSql;
import java.util.List;
import java.util.stream.Collectors;

/** Asks ClickHouse what it has and compares it with the producer's ledger. */
public final class Audit {
  private static final String TABLE = "logs.http_log";

  private final ClickHouseSql sql;

  public Audit(ClickHouseSql sql) {
    this.sql = sql;
  }

  public AuditReport compare(Ledger ledger) {
    return AuditReport.of(
        ledger,
        new Stored(
            sql.query(runsQuery(ledger)).lines().filter(l -> !l.isBlank()).map(Audit::run).toList(),
            numbers("SELECT sum(bytes_sent) FROM " + TABLE).get(0),
            levels()));
  }

  /** Rows in {@code http_log}. */
  public long rows() {
    return numbers("SELECT count() FROM " + TABLE).get(0);
  }

  /** Requests in that table of totals that has the fewest. */
  public long totals() {
    return levels().stream().mapToLong(StoredLevel::requests).min().orElseThrow();
  }

  private List<StoredLevel> levels() {
    return TotalsTables.NAMES.stream()
        .map(
            table -> {
              List<Long> sums = numbers("SELECT sum(requests), sum(bytes_sent) FROM logs." + table);
              return new StoredLevel(table, sums.get(0), sums.get(1));
            })
        .toList();
  }

  /** One row per run; groupBitmap counts exactly, in little memory for ids without gaps. */
  static String runsQuery(Ledger ledger) {
    return """
        WITH splitByChar('-', extract(url, '%s')) AS id,
             toUInt32OrZero(id[1]) AS run,
             toUInt32OrZero(id[2]) AS record
        SELECT run, count(), groupBitmap(record), max(record), groupBitmapIf(record, %s)
        FROM %s GROUP BY run ORDER BY run"""
        .formatted(TraceId.PATTERN, inDoubt(ledger), TABLE);
  }

  private static String inDoubt(Ledger ledger) {
    String condition =
        ledger.runs().stream()
            .filter(run -> !run.inDoubt().isEmpty())
            .map(Audit::inDoubt)
            .collect(Collectors.joining(" OR "));
    return condition.isEmpty() ? "0" : condition;
  }

  private static String inDoubt(ProducedRun run) {
    return run.inDoubt().stream()
        .map(Object::toString)
        .collect(Collectors.joining(", ", "(run = " + run.run() + " AND record IN (", "))"));
  }

  private static StoredRun run(String line) {
    List<Long> values = numbersOf(line);
    return new StoredRun(
        values.get(0).intValue(), values.get(1), values.get(2), values.get(3), values.get(4));
  }

  private List<Long> numbers(String query) {
    return numbersOf(sql.query(query));
  }

  private static List<Long> numbersOf(String line) {
    return line.strip().lines().findFirst().stream()
        .flatMap(text -> List.of(text.split("\t")).stream())
        .map(Long::parseUnsignedLong)
        .toList();
  }
}
