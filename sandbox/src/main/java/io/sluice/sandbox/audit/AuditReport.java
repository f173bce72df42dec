package io.sluice.sandbox.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.sandbox.produce.Ledger;
import io.sluice.sandbox.produce.ProducedRun;
import java.util.HashMap;
import java.util.Map;

/**
 * Produced against {@code http_log} against the totals.
 *
 * @param produced decodable records that Kafka acknowledged
 * @param stored rows in {@code http_log}
 * @param totals requests in the tables of totals; if they differ, in the first that differs from
 *     {@code http_log}
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
    long lost,
    long duplicated,
    long unexpected,
    @JsonProperty("in_doubt") long inDoubt,
    long malformed,
    @JsonProperty("bytes_produced") long bytesProduced,
    @JsonProperty("bytes_stored") long bytesStored,
    @JsonProperty("bytes_totals") long bytesTotals,
    boolean exact,
    boolean finished) {

  /** Compares a ledger with what ClickHouse has. */
  static AuditReport of(Ledger ledger, Stored stored) {
    long lost = 0;
    long duplicated = 0;
    long unexpected = 0;
    Map<Integer, StoredRun> rest = new HashMap<>();
    stored.runs().forEach(run -> rest.put(run.run(), run));
    for (ProducedRun run : ledger.runs()) {
      if (run.traceable()) {
        StoredRun found = rest.remove(run.run());
        long acknowledgedIds = found == null ? 0 : found.distinctIds() - found.inDoubtIds();
        long issued = run.good() + run.inDoubt().size();
        lost += Math.max(0, run.good() - acknowledgedIds);
        duplicated += found == null ? 0 : found.rows() - found.distinctIds();
        // Of a run that goes on, more is there than the ledger knew when it was written.
        boolean beyond = run.finished() && found != null && found.highestId() >= issued;
        unexpected += beyond ? Math.max(1, acknowledgedIds - run.good()) : 0;
      }
    }
    long anonymous =
        ledger.runs().stream().filter(r -> !r.traceable()).mapToLong(ProducedRun::good).sum();
    StoredRun nameless = rest.remove(0);
    long namelessRows = nameless == null ? 0 : nameless.rows();
    lost += Math.max(0, anonymous - namelessRows);
    if (anonymous > 0) {
      duplicated += Math.max(0, namelessRows - anonymous);
    } else {
      unexpected += namelessRows;
    }
    unexpected += rest.values().stream().mapToLong(StoredRun::rows).sum();
    return new AuditReport(
        ledger.runs().stream().mapToLong(ProducedRun::good).sum(),
        stored.rows(),
        stored.worstLevel().requests(),
        lost,
        duplicated,
        unexpected,
        ledger.runs().stream().mapToLong(run -> run.inDoubt().size()).sum(),
        ledger.runs().stream().mapToLong(ProducedRun::malformed).sum(),
        ledger.runs().stream().mapToLong(ProducedRun::bytesSent).sum(),
        stored.bytes(),
        stored.worstLevel().bytes(),
        anonymous == 0,
        ledger.runs().stream().allMatch(ProducedRun::finished));
  }

  /**
   * Whether every record is there once, and once in the totals, with all its bytes. The bytes of
   * records in doubt are not known, so with such ones only table and totals are compared.
   */
  @JsonProperty("clean")
  public boolean isClean() {
    return lost == 0
        && duplicated == 0
        && unexpected == 0
        && finished
        && totals == stored
        && bytesTotals == bytesStored
        && (inDoubt > 0 || bytesStored == bytesProduced);
  }
}
