package io.sluice.ops.audit;

import io.sluice.ops.Pause;
import io.sluice.ops.sql.ClickHouseSql;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks ClickHouse what it has and compares it with the producer's ledger. */
public record Audit(ClickHouseSql sql) {
  private static final String TABLE = "logs.http_log";
  private static final String BYTES = "sum(bytes_sent)";
  private static final int FURTHER_LOOKS = 2;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** Each table of totals over the time that both it and {@code http_log} keep. */
  public AuditReport compare(Ledger ledger) {
    Kept kept = Kept.read(sql);
    return AuditReport.of(
        ledger,
        new Stored(
            kept.rows(),
            sql.lines(runsQuery(ledger)).stream().map(Audit::run).toList(),
            sql.number("SELECT sum(bytes_sent) FROM " + TABLE),
            look(TotalsTables.NAMES, kept, BYTES)));
  }

  /**
   * Each table of totals against {@code http_log}, over the time that both keep, while rows arrive:
   * an insert that is under way is in one table before it is in another, so what differs is looked
   * at again.
   */
  public List<StoredLevel> levels() {
    Kept kept = Kept.read(sql);
    List<StoredLevel> levels = look(TotalsTables.NAMES, kept, BYTES);
    for (int i = 0; i < FURTHER_LOOKS; i++) {
      List<String> differing =
          levels.stream()
              .filter(Predicate.not(StoredLevel::agrees))
              .map(StoredLevel::table)
              .toList();
      if (differing.isEmpty()) {
        break;
      }
      Pause.of(BETWEEN_LOOKS);
      Map<String, StoredLevel> again =
          look(differing, kept, BYTES).stream()
              .collect(Collectors.toMap(StoredLevel::table, level -> level));
      levels = levels.stream().map(level -> again.getOrDefault(level.table(), level)).toList();
    }
    return levels;
  }

  public long rows() {
    return sql.number("SELECT count() FROM " + TABLE);
  }

  /** How many of these are in that table of totals, too, that lacks most. */
  public long totals() {
    long rows = rows();
    long lacking =
        look(TotalsTables.NAMES, Kept.read(sql), "0").stream()
            .mapToLong(level -> level.rows() - level.requests())
            .max()
            .orElseThrow();
    return rows - Math.max(0, lacking);
  }

  private List<StoredLevel> look(List<String> tables, Kept kept, String bytes) {
    Map<LocalDate, List<Long>> logs = new HashMap<>();
    return tables.stream()
        .map(
            table -> {
              LocalDate since = kept.level(table);
              String start = "toDateTime(%d, 'UTC')".formatted(since.toEpochDay() * 86_400);
              List<Long> log =
                  logs.computeIfAbsent(
                      since,
                      day ->
                          numbers(
                              sql.query(
                                  "SELECT count(), %s FROM %s WHERE timestamp >= %s"
                                      .formatted(bytes, TABLE, start))));
              List<Long> sums =
                  numbers(
                      sql.query(
                          "SELECT sum(requests), %s FROM logs.%s WHERE time >= %s"
                              .formatted(bytes, table, start)));
              return new StoredLevel(
                  table, since.toString(), sums.get(0), sums.get(1), log.get(0), log.get(1));
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

  private static Stored.StoredRun run(String line) {
    List<Long> values = numbers(line);
    return new Stored.StoredRun(
        values.get(0).intValue(), values.get(1), values.get(2), values.get(3), values.get(4));
  }

  private static List<Long> numbers(String line) {
    return Stream.of(line.split("\t")).map(Long::parseUnsignedLong).toList();
  }
}
