package io.sluice.ops.capacity;

import io.sluice.ops.report.TextTable;
import java.util.List;
import java.util.Locale;

/**
 * What merges need. A merge reads all columns of its source parts side by side, block by block, so
 * that its memory grows with columns and parts, not with rows: for each column of each source part
 * the bytes as they are read and one block unpacked, and the same once for what is written. It
 * writes the whole new part before the old ones go, so that for a while it takes their disk again.
 *
 * <p>ClickHouse reads a column with a buffer of up to 1 MiB ({@code max_read_buffer_size}) and
 * unpacks blocks of up to 1 MiB ({@code max_compress_block_size}). These are the two MiB of the
 * upper bound here; docs/capacity.md has what was measured.
 */
final class MergeForecast {
  /** Where inserts are steady, few merges have more; 100 is {@code max_parts_to_merge_at_once}. */
  static final int USUAL_PARTS = 10;

  static final int MOST_PARTS = 100;
  private static final double BYTES_PER_COLUMN = 2 * 1_048_576.0;

  private final Forecast forecast;
  private final Retention retention;

  MergeForecast(Forecast forecast, Retention retention) {
    this.forecast = forecast;
    this.retention = retention;
  }

  /** Upper bound of one merge of so many parts. */
  static double memoryBytes(Level level, int parts) {
    return level.columns() * (parts + 1) * BYTES_PER_COLUMN;
  }

  /** What one partition takes when it is full: the free disk that its last merge needs. */
  double partitionBytes(Level level, double rowsPerSecond) {
    double days = Math.min(Retention.partitionDays(level), retention.mostDays(level));
    return forecast.of(level, rowsPerSecond, days).bytes();
  }

  /** Partitions at a time, which is how few parts there can be: one more than the days fill. */
  long partitions(Level level) {
    return (long) Math.ceil(retention.mostDays(level) / Retention.partitionDays(level)) + 1;
  }

  String text(List<Double> rates) {
    String[] heads = new String[4 + rates.size()];
    heads[0] = "table";
    heads[1] = "partitions";
    heads[2] = "memory, " + USUAL_PARTS + " parts";
    heads[3] = "memory, " + MOST_PARTS + " parts";
    for (int i = 0; i < rates.size(); i++) {
      heads[4 + i] = "a partition at " + Amount.count(rates.get(i)) + "/s";
    }
    TextTable table = new TextTable(heads);
    for (Level level : Level.values()) {
      String[] cells = new String[heads.length];
      cells[0] = level.table();
      cells[1] = Long.toString(partitions(level));
      cells[2] = mebibytes(memoryBytes(level, USUAL_PARTS));
      cells[3] = mebibytes(memoryBytes(level, MOST_PARTS));
      for (int i = 0; i < rates.size(); i++) {
        cells[4 + i] = Amount.bytes(partitionBytes(level, rates.get(i)));
      }
      table.row(cells);
    }
    return "Merges: memory of one, at most, by how many parts it merges; and the free disk that the"
        + " largest needs, which is what a partition takes (ClickHouse merges no more than 161 GB"
        + " at once):\n\n"
        + table;
  }

  private static String mebibytes(double bytes) {
    return String.format(Locale.ROOT, "%.0f MiB", bytes / 1_048_576);
  }
}
