package io.sluice.ops.rebuild;

import io.sluice.ops.report.TextTable;
import java.time.Duration;
import java.util.List;

/**
 * What a rebuild has done. Sums are of the days alone.
 *
 * @param rowsUnderLock rows that had arrived since they were read last, and were added at the end
 * @param held how long inserts were held off, at the attempt that succeeded
 * @param fedFrom levels that are fed from this one and are as they were
 */
public record RebuildReport(
    String table,
    String days,
    Sums before,
    Sums after,
    List<String> partitions,
    long rowsUnderLock,
    Duration took,
    Duration held,
    List<String> fedFrom) {

  @Override
  public String toString() {
    TextTable sums =
        new TextTable(table + ", " + days, "requests", "bytes")
            .row("before", text(before.requests()), text(before.bytes()))
            .row("now, as http_log", text(after.requests()), text(after.bytes()))
            .row(
                "difference",
                "%+,d".formatted(after.requests() - before.requests()),
                "%+,d".formatted(after.bytes() - before.bytes()));
    StringBuilder text = new StringBuilder(sums.toString());
    text.append(
        "%n%d partitions replaced in %.1f s; inserts were held off for %.1f s, for the last %,d rows"
            .formatted(
                partitions.size(), took.toMillis() / 1e3, held.toMillis() / 1e3, rowsUnderLock));
    if (!fedFrom.isEmpty()) {
      text.append("%nnot touched, though fed from it: %s".formatted(String.join(", ", fedFrom)));
    }
    return text.toString();
  }

  private static String text(long unsigned) {
    String digits = Long.toUnsignedString(unsigned);
    return digits.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
  }
}
