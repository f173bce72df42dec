package io.sluice.bench.stack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sluice.ops.flink.CheckpointRecord;
import io.sluice.ops.report.Quantiles;
import io.sluice.ops.report.TextTable;
import io.sluice.sandbox.proxy.AccessLog;
import java.util.List;

/**
 * How long checkpoints took while everything was buffered and a request hung.
 *
 * @param rows produced
 * @param leastBufferedRows in the job at any look
 * @param requestHungSeconds from the request's first byte at the proxy to the answer
 * @param checkpoints that completed
 * @param duringHang those of them that began before the request was answered
 * @param failed checkpoints, which must be none
 * @param p50Millis and the others: from trigger to last acknowledgement
 * @param wantedHangSeconds how long the request was to hang
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record CheckpointResult(
    long rows,
    long leastBufferedRows,
    long bufferedBytes,
    double requestHungSeconds,
    double wantedHangSeconds,
    int checkpoints,
    long duringHang,
    long failed,
    long p50Millis,
    long p95Millis,
    long p99Millis,
    long maxMillis,
    long largestStateBytes) {
  /** What 95% of the checkpoints have to stay below. */
  static final long P95_BELOW_MILLIS = 1_000;

  /** What the job has to hold for the measurement to be one. */
  static final double BUFFERED_SHARE = 0.9;

  /**
   * @param completed at least one
   */
  static CheckpointResult of(
      long rows,
      CheckpointBench.BufferReading buffered,
      AccessLog.Entry request,
      double wantedHangSeconds,
      List<CheckpointRecord> completed,
      long failed) {
    Quantiles millis =
        new Quantiles(completed.stream().mapToDouble(CheckpointRecord::durationMillis).toArray());
    return new CheckpointResult(
        rows,
        buffered.rows(),
        buffered.bytes(),
        Figures.hundredths(request.durationMilli() / 1e3),
        wantedHangSeconds,
        completed.size(),
        completed.stream()
            .filter(each -> each.triggeredAtEpochMilli() < request.endEpochMilli())
            .count(),
        failed,
        (long) millis.at(0.5),
        (long) millis.at(0.95),
        (long) millis.at(0.99),
        (long) millis.largest(),
        completed.stream().mapToLong(CheckpointRecord::stateBytes).max().orElse(0));
  }

  /** Whether the promise held, under the conditions that it was given for. */
  @JsonProperty("passed")
  boolean isPassed() {
    return p95Millis < P95_BELOW_MILLIS
        && failed == 0
        && leastBufferedRows >= rows * BUFFERED_SHARE
        && requestHungSeconds >= wantedHangSeconds;
  }

  String table() {
    return new TextTable("checkpoints with a full buffer and a hanging request", "")
        .row("rows buffered, at least", Figures.text(leastBufferedRows))
        .row("bytes buffered, compressed", Figures.text(bufferedBytes))
        .row("the request hung, s", Figures.text(requestHungSeconds))
        .row("checkpoints measured", Figures.text(checkpoints))
        .row("of them while it hung", Figures.text(duringHang))
        .row("failed", Figures.text(failed))
        .row("duration p50, ms", Figures.text(p50Millis))
        .row("duration p95, ms", Figures.text(p95Millis))
        .row("duration p99, ms", Figures.text(p99Millis))
        .row("duration max, ms", Figures.text(maxMillis))
        .row("largest state, bytes", Figures.text(largestStateBytes))
        .toString();
  }

  String summary() {
    return (isPassed()
            ? "95%% of the checkpoints took %,d ms at most, below %,d ms"
            : "NOT PASSED: 95%% of the checkpoints took %,d ms, must be below %,d ms, with none"
                + " failed, 90%% of the rows buffered and the request hanging all the time")
        .formatted(p95Millis, P95_BELOW_MILLIS);
  }
}
