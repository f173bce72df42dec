package io.sluice.bench.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a campaign found.
 *
 * @param proxyRate in nginx's notation
 * @param droppedBlocks blocks of resends that ClickHouse dropped, of table and totals each; see
 *     {@link RowsWatch#droppedBlocks}
 */
public record ChaosResult(
    long seed,
    @JsonProperty("proxy_rate") String proxyRate,
    @JsonProperty("records_per_second") double recordsPerSecond,
    double seconds,
    Requests requests,
    @JsonProperty("deduplicated_blocks") long droppedBlocks,
    List<RoundResult> rounds,
    List<FaultRecord> faults) {
  public ChaosResult {
    rounds = List.copyOf(rounds);
    faults = List.copyOf(faults);
  }

  /** Whether every round's audit found each record once. */
  @JsonProperty("clean")
  public boolean isClean() {
    return !rounds.isEmpty() && rounds.stream().allMatch(RoundResult::clean);
  }

  /** The audit over everything. */
  RoundResult last() {
    return rounds.get(rounds.size() - 1);
  }

  /** Faults that were carried out. */
  @JsonProperty("faults_total")
  public long faultCount() {
    return carriedOut().filter(fault -> fault.kind().isFault()).count();
  }

  private Stream<FaultRecord> carriedOut() {
    return faults.stream().filter(FaultRecord::carriedOut);
  }

  /** "seed 7, 30r/m". */
  String title() {
    return "seed " + seed + ", " + proxyRate;
  }

  /** A few lines for people. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        """
        seed %d, %s, %,.0f records/s: %d rounds, %d faults in %.0f min
        requests: %,d accepted, %,d turned away, %,d failed; %,d resends, %,d of whose blocks ClickHouse dropped
        produced %,d, stored %,d; lost %,d, duplicated %,d, totals drift %,d: %s""",
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
        last().produced(),
        last().stored(),
        last().lost(),
        last().duplicated(),
        last().drift(),
        isClean() ? "every record is there exactly once" : "NOT CLEAN");
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
  public record FaultRecord(
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
  public record RoundResult(
      int round,
      double seconds,
      int faults,
      long produced,
      long stored,
      long lost,
      long duplicated,
      @JsonProperty("totals_drift") long drift,
      boolean clean) {}
}
