package io.sluice.ops.capacity;

import io.sluice.ops.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * The forecast as text: tables in Markdown, and sentences.
 *
 * @param rates messages per second, each above 0; one at least
 */
public record CapacityReport(
    CapacitySample sample,
    Forecast forecast,
    List<Double> rates,
    Retention retention,
    RequestWindow window) {
  private static final String EXTRAPOLATED = " *";
  private static final double MIB = 1_048_576;

  /** Where inserts are steady, few merges have more; 100 is {@code max_parts_to_merge_at_once}. */
  private static final int USUAL_PARTS = 10;

  private static final int MOST_PARTS = 100;

  /** One table of levels for one rate, one of levels and rates for several; then requests. */
  public String text() {
    return String.join(
        "\n\n",
        rates.size() == 1 ? oneRate(rates.get(0)) : severalRates(),
        String.format(
            Locale.ROOT,
            "%s = extrapolated: the sample, at up to %s times its rate of %s messages/s, has no"
                + " such rate.%nSample: %s; %,d rows of %d day(s) from %s, ClickHouse %s.",
            EXTRAPOLATED.strip(),
            Amount.digits(forecast.measuredRowsPerSecond() / sample.rowsPerSecond()),
            Amount.digits(sample.rowsPerSecond()),
            sample.description().isEmpty() ? "not described" : sample.description(),
            sample.rows(),
            sample.days(),
            sample.firstDay(),
            sample.engine()),
        requests(),
        merges());
  }

  private String oneRate(double rate) {
    TextTable table =
        new TextTable("table", "days kept", "of raw rows", "rows", "B/row", "disk", "part of it");
    List<Forecast.LevelForecast> levels = levels(rate);
    for (Forecast.LevelForecast level : levels) {
      table.row(
          level.level().table(),
          Amount.digits(level.days()),
          Amount.percent(level.kept()),
          Amount.count(level.rows()),
          Amount.digits(level.bytes() / level.rows()),
          disk(List.of(level)),
          Amount.percent(level.bytes() / bytes(levels)));
    }
    table.row("all", "", "", "", "", disk(levels), "");
    return Amount.digits(rate) + " messages/s, disk after merges:\n\n" + table;
  }

  private String severalRates() {
    TextTable table = new TextTable(cells(rate -> Amount.count(rate) + "/s", "table", "days kept"));
    for (Level level : Level.values()) {
      String days = Amount.digits(retention.mostDays(level));
      table.row(cells(rate -> disk(List.of(kept(level, rate))), level.table(), days));
    }
    table.row(cells(rate -> disk(levels(rate)), "all", ""));
    return "Messages/s, disk after merges:\n\n" + table;
  }

  /** Some cells, and behind them one for each rate. */
  private String[] cells(DoubleFunction<String> ofRate, String... before) {
    return Stream.concat(Stream.of(before), rates.stream().map(ofRate::apply))
        .toArray(String[]::new);
  }

  private Forecast.LevelForecast kept(Level level, double rate) {
    return forecast.of(level, rate, retention.mostDays(level));
  }

  private List<Forecast.LevelForecast> levels(double rate) {
    return Stream.of(Level.values()).map(level -> kept(level, rate)).toList();
  }

  private static double bytes(List<Forecast.LevelForecast> levels) {
    return levels.stream().mapToDouble(Forecast.LevelForecast::bytes).sum();
  }

  private static String disk(List<Forecast.LevelForecast> levels) {
    boolean extrapolated = levels.stream().anyMatch(Forecast.LevelForecast::isExtrapolated);
    return Amount.bytes(bytes(levels)) + (extrapolated ? EXTRAPOLATED : "");
  }

  private String requests() {
    TextTable table =
        new TextTable(
            "messages/s",
            "rows per request",
            "MiB per request",
            "requests a day",
            "parts a day, per table",
            "in all tables",
            "lanes needed");
    for (double rate : rates) {
      table.row(
          Amount.digits(rate),
          Amount.count(window.rowsPerRequest(rate)),
          Amount.digits(window.bytesPerRequest(rate) / MIB)
              + (window.fits(rate) ? "" : " (too large)"),
          Amount.count(window.requestsPerDay(rate)),
          Amount.count(window.requestsPerDay(rate)),
          Amount.count(window.requestsPerDay(rate) * Level.values().length),
          Integer.toString(window.lanesThatFit(rate)));
    }
    return String.format(
        Locale.ROOT,
        "Requests with %d lane(s) at %s and %s MiB at most, which carry %s messages/s:%n%n%s",
        window.lanes(),
        window.rate(),
        Amount.digits(window.maxBodyBytes() / MIB),
        Amount.digits(window.mostRowsPerSecond()),
        table);
  }

  /**
   * A merge writes the whole new part before the old ones go, so that for a while it takes their
   * disk again: that of a full partition for its last merge. There are as many partitions as the
   * days fill, and one more.
   */
  private String merges() {
    TextTable table =
        new TextTable(
            cells(
                rate -> "a partition at " + Amount.count(rate) + "/s",
                "table",
                "partitions",
                "memory, " + USUAL_PARTS + " parts",
                "memory, " + MOST_PARTS + " parts"));
    for (Level level : Level.values()) {
      double days = retention.mostDays(level);
      double partition = level.partition.days();
      table.row(
          cells(
              rate -> Amount.bytes(forecast.of(level, rate, Math.min(partition, days)).bytes()),
              level.table(),
              Long.toString((long) Math.ceil(days / partition) + 1),
              memory(level, USUAL_PARTS),
              memory(level, MOST_PARTS)));
    }
    return "Merges: memory of one, at most, by how many parts it merges; and the free disk that the"
        + " largest needs, which is what a partition takes (ClickHouse merges no more than 161 GB"
        + " at once):\n\n"
        + table;
  }

  /**
   * The upper bound of a merge. It reads all columns of its source parts side by side, block by
   * block, so that its memory grows with columns and parts, not with rows: for each column of each
   * part a buffer of up to 1 MiB ({@code max_read_buffer_size}) and one block unpacked, of up to 1
   * MiB ({@code max_compress_block_size}), and the same once for what is written. docs/capacity.md
   * has what was measured.
   */
  private static String memory(Level level, int parts) {
    return 2 * level.columns * (parts + 1) + " MiB";
  }
}
