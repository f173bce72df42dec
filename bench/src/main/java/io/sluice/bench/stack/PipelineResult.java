package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sluice.ops.report.Quantiles;
import io.sluice.ops.report.TextTable;
import java.util.List;

/**
 * Medians over the rounds, and the rounds. Ratios are those of the medians.
 *
 * @param producedPerSecond how fast the records were put into Kafka
 * @param bareCpuSecondsPerMillion and all others: per million records
 * @param jobReadingRecordsPerSecond null if no round could tell
 * @param correct whether every round was clean
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PipelineResult(
    long records,
    double producedPerSecond,
    double recordBytes,
    double bareRecordsPerSecond,
    double bareCpuSecondsPerMillion,
    double jobRecordsPerSecond,
    double jobStoredRecordsPerSecond,
    Double jobReadingRecordsPerSecond,
    double jobCpuSecondsPerMillion,
    double clickhouseCpuSecondsPerMillion,
    double wireBytesPerRow,
    double cpuRatio,
    double rateRatio,
    boolean correct,
    List<PipelineRound> rounds) {

  public PipelineResult {
    rounds = List.copyOf(rounds);
  }

  /**
   * @param rounds at least one
   */
  static PipelineResult of(long records, double producedPerSecond, List<PipelineRound> rounds) {
    double bareRate = Quantiles.median(rounds, round -> round.bareConsumer().recordsPerSecond());
    double bareCpu = Quantiles.median(rounds, round -> round.bareConsumer().cpuSecondsPerMillion());
    double jobRate = Quantiles.median(rounds, round -> round.job().recordsPerSecond());
    double jobCpu =
        Quantiles.median(rounds, round -> round.job().taskManagerCpuSecondsPerMillion());
    List<PipelineRound> seen =
        rounds.stream().filter(round -> round.job().readingRecordsPerSecond() != null).toList();
    return new PipelineResult(
        records,
        Math.rint(producedPerSecond),
        Figures.hundredths(
            rounds.get(0).bareConsumer().bytes() / (double) rounds.get(0).bareConsumer().records()),
        Math.rint(bareRate),
        Figures.hundredths(bareCpu),
        Math.rint(jobRate),
        Math.rint(Quantiles.median(rounds, round -> round.job().storedRecordsPerSecond())),
        seen.isEmpty()
            ? null
            : Math.rint(Quantiles.median(seen, round -> round.job().readingRecordsPerSecond())),
        Figures.hundredths(jobCpu),
        Figures.hundredths(
            Quantiles.median(rounds, round -> round.job().clickHouseCpuSecondsPerMillion())),
        Figures.hundredths(Quantiles.median(rounds, round -> round.job().wireBytesPerRow())),
        Figures.hundredths(jobCpu / bareCpu),
        Figures.hundredths(jobRate / bareRate),
        rounds.stream().allMatch(PipelineRound::clean),
        rounds);
  }

  /** The rounds and the medians, for people. */
  public String table() {
    TextTable table =
        new TextTable(
            "round",
            "consumer records/s",
            "consumer CPU s/M",
            "job records/s",
            "until stored",
            "while reading",
            "job CPU s/M",
            "ClickHouse CPU s/M",
            "wire B/row",
            "exactly once");
    for (int i = 0; i < rounds.size(); i++) {
      BareConsumer.BareReading bare = rounds.get(i).bareConsumer();
      JobRun.JobReading job = rounds.get(i).job();
      table.row(
          Integer.toString(i + 1),
          Figures.whole(bare.recordsPerSecond()),
          Figures.fine(bare.cpuSecondsPerMillion()),
          Figures.whole(job.recordsPerSecond()),
          Figures.whole(job.storedRecordsPerSecond()),
          known(job.readingRecordsPerSecond()),
          Figures.fine(job.taskManagerCpuSecondsPerMillion()),
          Figures.fine(job.clickHouseCpuSecondsPerMillion()),
          Figures.fine(job.wireBytesPerRow()),
          rounds.get(i).clean() ? "yes" : "NO");
    }
    return table
        .row(
            "median",
            Figures.whole(bareRecordsPerSecond),
            Figures.fine(bareCpuSecondsPerMillion),
            Figures.whole(jobRecordsPerSecond),
            Figures.whole(jobStoredRecordsPerSecond),
            known(jobReadingRecordsPerSecond),
            Figures.fine(jobCpuSecondsPerMillion),
            Figures.fine(clickhouseCpuSecondsPerMillion),
            Figures.fine(wireBytesPerRow),
            correct ? "yes" : "NO")
        .toString();
  }

  /** The table in one sentence. */
  public String summary() {
    return ("%,d records of %.0f bytes: the job takes %.2f times the CPU of a bare"
            + " consumer, and stores at %.2f of its rate")
        .formatted(records, recordBytes, cpuRatio, rateRatio);
  }

  private static String known(Double perSecond) {
    return perSecond == null ? "?" : Figures.whole(perSecond);
  }

  /**
   * One round: the bare consumer and the job on the same records.
   *
   * @param stored rows in {@code http_log} afterwards
   * @param totals requests in the totals afterwards
   * @param clean whether every record is there exactly once, by its id, and in the totals
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record PipelineRound(
      BareConsumer.BareReading bareConsumer,
      JobRun.JobReading job,
      long stored,
      long totals,
      boolean clean) {}
}
