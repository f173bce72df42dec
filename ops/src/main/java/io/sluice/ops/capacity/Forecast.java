package io.sluice.ops.capacity;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Computes rows and bytes for a rate, from what the replays of a sample took.
 *
 * <p>How many rows a level keeps, and what a row takes, depends on the rate: the more requests a
 * bucket of time has, the more of them share a key. Both are curves over the rate, as a multiple of
 * the sample's, with one point for each replay that covers what the level adds up, or sorts,
 * together.
 */
public final class Forecast {
  private final CapacitySample sample;
  private final Map<Level, Curves> curves = new EnumMap<>(Level.class);

  public Forecast(CapacitySample sample) {
    this.sample = sample;
    for (Level level : Level.values()) {
      boolean gainsByDays = level.sortedWithin == Level.Span.MONTH;
      Curve bytesByDays = gainsByDays ? bytesByDays(level) : new Curve(Map.of(1.0, 1.0));
      curves.put(
          level,
          new Curves(
              byRate(level.bucket, replay -> replay.kept(level)),
              byRate(
                  gainsByDays ? Level.Span.DAY : level.sortedWithin,
                  replay -> replay.bytesPerRow(level) / bytesByDays.at(replay.days())),
              bytesByDays,
              gainsByDays));
    }
  }

  /**
   * What a table takes.
   *
   * @param rowsPerSecond mean over the days, above 0
   * @param days of rows that are kept
   */
  public LevelForecast of(Level level, double rowsPerSecond, double days) {
    if (!(rowsPerSecond > 0) || !(days > 0)) {
      throw new IllegalArgumentException(
          "rowsPerSecond and days are " + rowsPerSecond + " and " + days + ", must be above 0");
    }
    Curves known = curves.get(level);
    double factor = rowsPerSecond / sample.rowsPerSecond();
    double kept = Math.min(1, known.kept.at(factor));
    double rows = rowsPerSecond * days * Level.Span.DAY.seconds * kept;
    double sortedDays = Math.min(days, level.partition.days());
    double bytesPerRow = known.bytes.at(factor) * known.bytesByDays.at(sortedDays);
    boolean extrapolated =
        known.kept.isExtrapolated(factor)
            || known.bytes.isExtrapolated(factor)
            || (known.gainsByDays && known.bytesByDays.isExtrapolated(sortedDays));
    return new LevelForecast(level, days, kept, rows, rows * bytesPerRow, extrapolated);
  }

  /** Beyond this rate some table is extrapolated. */
  double measuredRowsPerSecond() {
    return sample.rowsPerSecond()
        * curves.values().stream()
            .mapToDouble(known -> Math.min(known.kept.lastPoint(), known.bytes.lastPoint()))
            .min()
            .orElseThrow();
  }

  /** At the sample's own rate, bytes per row relative to those of all days. */
  private Curve bytesByDays(Level level) {
    TreeMap<Double, Double> points = new TreeMap<>();
    for (Replay replay : sample.replays()) {
      if (replay.step().factor() == 1) {
        points.put(replay.days(), replay.bytesPerRow(level));
      }
    }
    double all = points.lastEntry().getValue();
    points.replaceAll((days, bytes) -> bytes / all);
    return new Curve(points);
  }

  /** A figure of the replays that cover a span; of several at one rate the longest counts. */
  private Curve byRate(Level.Span least, ToDoubleFunction<Replay> figure) {
    Map<Double, Replay> longest = new TreeMap<>();
    for (Replay replay : sample.replays()) {
      if (replay.step().seconds() >= least.seconds) {
        longest.merge(
            factor(replay), replay, (one, other) -> one.days() >= other.days() ? one : other);
      }
    }
    Map<Double, Double> points = new TreeMap<>();
    longest.forEach((factor, replay) -> points.put(factor, figure.applyAsDouble(replay)));
    return new Curve(points);
  }

  /** A squeezed replay is of some hours only, which may have more or less than the mean. */
  private double factor(Replay replay) {
    return replay.step().squeeze() == 1
        ? replay.step().factor()
        : (double) replay.rawRows() / replay.step().seconds() / sample.rowsPerSecond();
  }

  /**
   * What is known of a level.
   *
   * @param kept its rows per raw row, by the rate
   * @param bytes per row, by the rate, as if all days of the sample were in one partition
   * @param bytesByDays relative to that, by the days in a partition
   */
  private record Curves(Curve kept, Curve bytes, Curve bytesByDays, boolean gainsByDays) {}

  /**
   * What one table takes after its parts were merged.
   *
   * @param kept rows of it per row of http_log
   * @param isExtrapolated whether no replay of the sample had this rate and enough time, or fewer
   *     days are measured than a partition has
   */
  public record LevelForecast(
      Level level, double days, double kept, double rows, double bytes, boolean isExtrapolated) {}
}
