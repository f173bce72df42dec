package io.sluice.bench.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a campaign found.
 *
 * @param proxyRate in nginx's notation
 * @param droppedBlocks blocks of resends that ClickHouse dropped, of table and totals each; see
 *     {@link RowsWatch#droppedBlocks}
 */
record ChaosResult(
    long seed,
    @JsonProperty("proxy_rate") String proxyRate,
    @JsonProperty("records_per_second") double recordsPerSecond,
    double seconds,
    Requests requests,
    @JsonProperty("deduplicated_blocks") long droppedBlocks,
    List<RoundResult> rounds,
    List<FaultRecord> faults) {

  /** Whether every round's audit found each record once. */
  @JsonProperty("clean")
  boolean isClean() {
    return !rounds.isEmpty() && rounds.stream().allMatch(RoundResult::clean);
  }

  /** The audit over everything. */
  RoundResult last() {
    return rounds.get(rounds.size() - 1);
  }

  /** Faults that were carried out. */
  @JsonProperty("faults_total")
  long faultCount() {
    return faults.stream().filter(each -> each.carriedOut() && each.kind().isFault()).count();
  }

  /** "seed 7, 30r/m". */
  String title() {
    return "seed " + seed + ", " + proxyRate;
  }

  String summary() {
    return """
        seed %d, %s, %,.0f records/s: %d rounds, %d faults in %.0f min
        requests: %,d accepted, %,d turned away, %,d failed; %,d resends, %,d of whose blocks ClickHouse dropped
        %s"""
        .formatted(
            seed,
            proxyRate,
            recordsPerSecond,
            rounds.size(),
            faultCount(),
            seconds / 60,
            requests.accepted(),
            requests.tooEarly(),
            requests.failed(),
            requests.resends(),
            droppedBlocks,
            last());
  }

  /**
   * A fault that happened.
   *
   * @param route null if its kind is not for a route
   * @param carriedOut false if a step of it failed, such as a savepoint while another fault still
   *     reigned; then it does not count
   * @param recoverySeconds from its beginning until ClickHouse had as many rows as Kafka had
   *     acknowledged records when it began; null if that was not seen
   */
  record FaultRecord(
      int round,
      FaultKind kind,
      Route route,
      @JsonProperty("carried_out") boolean carriedOut,
      @JsonProperty("recovery_seconds") Double recoverySeconds) {}

  /**
   * The audit at the end of a round, over all that was produced since the campaign began.
   *
   * @param faults that were carried out
   * @param drift requests in the totals beyond the rows in the table; negative if fewer
   */
  record RoundResult(
      int round,
      double seconds,
      int faults,
      long produced,
      long stored,
      long lost,
      long duplicated,
      @JsonProperty("totals_drift") long drift,
      boolean clean) {

    /** What the audit found, for people. */
    @Override
    public String toString() {
      return "produced %,d, stored %,d, lost %,d, duplicated %,d, totals drift %,d: %s"
          .formatted(produced, stored, lost, duplicated, drift, clean ? "clean" : "NOT CLEAN");
    }
  }
}
