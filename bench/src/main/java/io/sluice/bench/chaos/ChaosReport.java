package io.sluice.bench.chaos;

import io.sluice.ops.report.Quantiles;
import io.sluice.ops.report.TextTable;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Several campaigns as tables in Markdown: one line each, and their faults together by kind.
 *
 * @param campaigns at least one, each with a round at least
 */
record ChaosReport(List<ChaosResult> campaigns) {
  boolean isClean() {
    return campaigns.stream().allMatch(ChaosResult::isClean);
  }

  /** What was produced, asked and found, by campaign and in all. */
  String campaignTable() {
    TextTable table =
        new TextTable(
            "campaign",
            "rounds",
            "faults",
            "minutes",
            "records",
            "requests accepted",
            "turned away",
            "failed",
            "resends",
            "blocks dropped",
            "lost",
            "duplicated",
            "totals drift");
    campaigns.forEach(one -> table.row(cells(one.title(), List.of(one))));
    return table.row(cells("all", campaigns)).toString();
  }

  private static String[] cells(String title, List<ChaosResult> some) {
    return new String[] {
      title,
      sum(some, one -> one.rounds().size()),
      sum(some, ChaosResult::faultCount),
      sum(some, one -> Math.round(one.seconds() / 60)),
      sum(some, one -> one.last().produced()),
      sum(some, one -> one.requests().accepted()),
      sum(some, one -> one.requests().tooEarly()),
      sum(some, one -> one.requests().failed()),
      sum(some, one -> one.requests().resends()),
      sum(some, ChaosResult::droppedBlocks),
      sum(some, one -> one.last().lost()),
      sum(some, one -> one.last().duplicated()),
      sum(some, one -> Math.abs(one.last().drift()))
    };
  }

  private static String sum(List<ChaosResult> some, ToLongFunction<ChaosResult> figure) {
    return "%,d".formatted(some.stream().mapToLong(figure).sum());
  }

  /** How often each kind was carried out, and the time until the pipeline had caught up. */
  String faultTable() {
    TextTable table =
        new TextTable("fault", "times", "caught up after, median s", "95 % s", "longest s");
    for (FaultKind kind : FaultKind.values()) {
      List<ChaosResult.FaultRecord> faults =
          campaigns.stream()
              .flatMap(one -> one.faults().stream())
              .filter(fault -> fault.kind() == kind && fault.carriedOut())
              .toList();
      double[] seconds =
          faults.stream()
              .map(ChaosResult.FaultRecord::recoverySeconds)
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .toArray();
      if (!faults.isEmpty()) {
        String times = Integer.toString(faults.size());
        table.row(kind.toString(), times, at(seconds, 0.5), at(seconds, 0.95), at(seconds, 1));
      }
    }
    return table.toString();
  }

  private static String at(double[] seconds, double share) {
    return seconds.length == 0 ? "?" : "%.1f".formatted(new Quantiles(seconds).at(share));
  }
}
