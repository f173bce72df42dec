package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sluice.ops.report.Quantiles;
import io.sluice.ops.report.TextTable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Medians over the rounds, and the rounds. Ratios are those of the medians.
 *
 * @param producedPerSecond how fast the records were put into Kafka
 * @param bareCpuSecondsPerMillion and all others: per million records
 * @param jobReadingRecordsPerSecond null if no round could tell
 * @param correct whether every round was clean
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PipelineResult(
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

  /** A figure of each round. */
  private record Column(String head, Function<PipelineRound, Double> figure) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("consumer records/s", round -> round.bareConsumer().recordsPerSecond()),
          new Column("consumer CPU s/M", round -> round.bareConsumer().cpuSecondsPerMillion()),
          new Column("job records/s", round -> round.job().recordsPerSecond()),
          new Column("until stored", round -> round.job().storedRecordsPerSecond()),
          new Column("while reading", round -> round.job().readingRecordsPerSecond()),
          new Column("job CPU s/M", round -> round.job().taskManagerCpuSecondsPerMillion()),
          new Column("ClickHouse CPU s/M", round -> round.job().clickHouseCpuSecondsPerMillion()),
          new Column("wire B/row", round -> round.job().wireBytesPerRow()));

  /**
   * @param rounds at least one
   */
  static PipelineResult of(long records, double producedPerSecond, List<PipelineRound> rounds) {
    BareConsumer.BareReading first = rounds.get(0).bareConsumer();
    double bareRate = median(rounds, round -> round.bareConsumer().recordsPerSecond());
    double bareCpu = median(rounds, round -> round.bareConsumer().cpuSecondsPerMillion());
    double jobRate = median(rounds, round -> round.job().recordsPerSecond());
    double jobCpu = median(rounds, round -> round.job().taskManagerCpuSecondsPerMillion());
    Double reading = median(rounds, round -> round.job().readingRecordsPerSecond());
    return new PipelineResult(
        records,
        Math.rint(producedPerSecond),
        Figures.hundredths(first.bytes() / (double) first.records()),
        Math.rint(bareRate),
        Figures.hundredths(bareCpu),
        Math.rint(jobRate),
        Math.rint(median(rounds, round -> round.job().storedRecordsPerSecond())),
        reading == null ? null : Math.rint(reading),
        Figures.hundredths(jobCpu),
        Figures.hundredths(median(rounds, round -> round.job().clickHouseCpuSecondsPerMillion())),
        Figures.hundredths(median(rounds, round -> round.job().wireBytesPerRow())),
        Figures.hundredths(jobCpu / bareCpu),
        Figures.hundredths(jobRate / bareRate),
        rounds.stream().allMatch(PipelineRound::clean),
        rounds);
  }

  /** Of those rounds that know; null if none does. */
  private static Double median(List<PipelineRound> rounds, Function<PipelineRound, Double> figure) {
    List<Double> known = rounds.stream().map(figure).filter(Objects::nonNull).toList();
    return known.isEmpty() ? null : Quantiles.median(known, Double::doubleValue);
  }

  String table() {
    TextTable table = new TextTable(line("round", Column::head, "exactly once"));
    for (int i = 0; i < rounds.size(); i++) {
      PipelineRound round = rounds.get(i);
      table.row(
          line(
              Integer.toString(i + 1),
              column -> Figures.text(column.figure().apply(round)),
              round.clean() ? "yes" : "NO"));
    }
    return table
        .row(
            line(
                "median",
                column -> Figures.text(median(rounds, column.figure())),
                correct ? "yes" : "NO"))
        .toString();
  }

  private static String[] line(String first, Function<Column, String> cell, String last) {
    return Stream.of(Stream.of(first), COLUMNS.stream().map(cell), Stream.of(last))
        .flatMap(cells -> cells)
        .toArray(String[]::new);
  }

  String summary() {
    return ("%,d records of %.0f bytes: the job takes %.2f times the CPU of a bare"
            + " consumer, and stores at %.2f of its rate")
        .formatted(records, recordBytes, cpuRatio, rateRatio);
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
