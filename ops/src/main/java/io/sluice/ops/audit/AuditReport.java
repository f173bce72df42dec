package io.sluice.ops.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Produced against {@code http_log} against the totals.
 *
 * @param produced decodable records that Kafka acknowledged
 * @param stored rows in {@code http_log}
 * @param totals as {@code stored}, with the difference of the first table of totals that differs
 * @param levels each table of totals, and since when it is compared
 * @param expired acknowledged records that {@code http_log} need not have any more: of runs that
 *     began before the time that it keeps; whether one of them was lost is not known
 * @param lost acknowledged records without a row
 * @param duplicated rows beyond the first of their record
 * @param unexpected rows that nobody is known to have produced
 * @param inDoubt records whose fate the producer did not learn; each may have one row or none
 * @param malformed messages that cannot be decoded, and so have no row
 * @param exact whether every record could be told by its id; else lost and duplicated are
 *     differences of counts, and could hide each other
 * @param finished whether every producer came to its end; else more is produced than is known
 */
public record AuditReport(
    long produced,
    long stored,
    long totals,
    long expired,
    long lost,
    long duplicated,
    long unexpected,
    @JsonProperty("in_doubt") long inDoubt,
    long malformed,
    @JsonProperty("bytes_produced") long bytesProduced,
    @JsonProperty("bytes_stored") long bytesStored,
    @JsonProperty("bytes_totals") long bytesTotals,
    boolean exact,
    boolean finished,
    List<StoredLevel> levels) {
  private static final Stored.StoredRun NOTHING = new Stored.StoredRun(0, 0, 0, -1, 0);

  static AuditReport of(Ledger ledger, Stored stored) {
    long lost = 0;
    long duplicated = 0;
    long unexpected = 0;
    Map<Integer, Stored.StoredRun> rest = new HashMap<>();
    stored.runs().forEach(run -> rest.put(run.run(), run));
    for (ProducedRun run : ledger.runs()) {
      if (run.traceable()) {
        Stored.StoredRun found = rest.getOrDefault(run.run(), NOTHING);
        rest.remove(run.run());
        long acknowledgedIds = found.distinctIds() - found.inDoubtIds();
        long issued = run.good() + run.inDoubt().size();
        lost += stored.keeps(run) ? Math.max(0, run.good() - acknowledgedIds) : 0;
        duplicated += found.rows() - found.distinctIds();
        // Of a run that goes on, more is there than the ledger knew when it was written.
        boolean beyond = run.finished() && found.highestId() >= issued;
        unexpected += beyond ? Math.max(1, acknowledgedIds - run.good()) : 0;
      }
    }
    List<ProducedRun> untraceable = ledger.runs().stream().filter(r -> !r.traceable()).toList();
    long anonymous = untraceable.stream().mapToLong(ProducedRun::good).sum();
    long namelessRows = rest.getOrDefault(0, NOTHING).rows();
    rest.remove(0);
    lost +=
        untraceable.stream().allMatch(stored::keeps) ? Math.max(0, anonymous - namelessRows) : 0;
    if (anonymous > 0) {
      duplicated += Math.max(0, namelessRows - anonymous);
    } else {
      unexpected += namelessRows;
    }
    unexpected += rest.values().stream().mapToLong(Stored.StoredRun::rows).sum();
    StoredLevel worst = stored.worstLevel();
    return new AuditReport(
        ledger.runs().stream().mapToLong(ProducedRun::good).sum(),
        stored.rows(),
        stored.rows() + worst.requests() - worst.rows(),
        ledger.runs().stream().filter(r -> !stored.keeps(r)).mapToLong(ProducedRun::good).sum(),
        lost,
        duplicated,
        unexpected,
        ledger.runs().stream().mapToLong(run -> run.inDoubt().size()).sum(),
        ledger.runs().stream().mapToLong(ProducedRun::malformed).sum(),
        ledger.runs().stream().mapToLong(ProducedRun::bytesSent).sum(),
        stored.bytes(),
        stored.bytes() + worst.bytes() - worst.rowBytes(),
        anonymous == 0,
        ledger.runs().stream().allMatch(ProducedRun::finished),
        stored.levels());
  }

  /**
   * Whether every record is there once, and once in the totals, with all its bytes. The bytes of
   * records in doubt are not known, nor those of expired ones, so with such only table and totals
   * are compared.
   */
  @JsonProperty("clean")
  public boolean isClean() {
    return lost == 0
        && duplicated == 0
        && unexpected == 0
        && finished
        && levels.stream().allMatch(StoredLevel::agrees)
        && (inDoubt > 0 || expired > 0 || bytesStored == bytesProduced);
  }

  /** For people: what could not be compared, because a table keeps rows for some time only. */
  public List<String> spans() {
    Map<String, String> tables =
        levels.stream()
            .filter(level -> !level.since().equals(LocalDate.EPOCH.toString()))
            .collect(
                groupingBy(
                    StoredLevel::since, TreeMap::new, mapping(StoredLevel::table, joining(", "))));
    List<String> lines = new ArrayList<>();
    tables.forEach((day, names) -> lines.add("compared from %s on: %s".formatted(day, names)));
    if (expired > 0) {
      lines.add(
          "%,d records are of runs that began before http_log's rows: not looked for"
              .formatted(expired));
    }
    return lines;
  }
}
