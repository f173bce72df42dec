package io.sluice.ops.capacity;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes rows and bytes for a rate, from what the replays of a sample took.
 *
 * <p>How many rows a level keeps, and what a row takes, depends on the rate: the more requests a
 * bucket of time has, the more of them share a key. Both are curves over the rate, with one point
 * for each replay that covers what the level adds up, or sorts, together.
 */
public final class Forecast {
  private final CapacitySample sample;
  private final Map<Level, Curve> kept = new EnumMap<>(Level.class);
  private final Map<Level, Curve> bytesByDays = new EnumMap<>(Level.class);
  private final Map<Level, Curve> bytesByFactor = new EnumMap<>(Level.class);

  public Forecast(CapacitySample sample) {
    this.sample = sample;
    for (Level level : Level.values()) {
      kept.put(level, keptByFactor(level));
      bytesByDays.put(level, bytesByDays(level));
      bytesByFactor.put(level, bytesByFactor(level));
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
    double factor = rowsPerSecond / sample.rowsPerSecond();
    double raw = rowsPerSecond * days * Level.Span.DAY.seconds();
    double share = Math.min(1, kept.get(level).at(factor));
    double sortedDays = Math.min(days, Retention.partitionDays(level));
    double bytesPerRow =
        bytesByFactor.get(level).at(factor) * bytesByDays.get(level).at(sortedDays);
    boolean extrapolated =
        kept.get(level).isExtrapolated(factor)
            || bytesByFactor.get(level).isExtrapolated(factor)
            || (gainsByDays(level) && bytesByDays.get(level).isExtrapolated(sortedDays));
    return new LevelForecast(
        level, days, share, raw * share, raw * share * bytesPerRow, extrapolated);
  }

  /** Beyond this rate some table is extrapolated. */
  public double measuredRowsPerSecond() {
    double factor = Double.MAX_VALUE;
    for (Level level : Level.values()) {
      factor = Math.min(factor, kept.get(level).lastPoint());
      factor = Math.min(factor, bytesByFactor.get(level).lastPoint());
    }
    return factor * sample.rowsPerSecond();
  }

  private static boolean gainsByDays(Level level) {
    return level.sortedWithin() == Level.Span.MONTH;
  }

  /** Rows of the level per raw row; of several replays at one rate the longest. */
  private Curve keptByFactor(Level level) {
    Map<Double, Replay> longest = new TreeMap<>();
    for (Replay replay : sample.replays()) {
      if (replay.covers(level.bucket())) {
        longest.merge(factor(replay), replay, Forecast::longer);
      }
    }
    Map<Double, Double> points = new TreeMap<>();
    longest.forEach((factor, replay) -> points.put(factor, replay.kept(level)));
    return new Curve(points);
  }

  /** At the sample's own rate, bytes per row relative to those of all days. */
  private Curve bytesByDays(Level level) {
    Map<Double, Double> points = new TreeMap<>();
    double all = bytesPerRowOfAllDays(level);
    for (Replay replay : sample.replays()) {
      if (replay.step().factor() == 1 && gainsByDays(level)) {
        points.put(days(replay), replay.size(level).bytesPerRow() / all);
      }
    }
    return new Curve(gainsByDays(level) ? points : Map.of(1.0, 1.0));
  }

  /** Bytes per row as if all days of the sample were in one partition. */
  private Curve bytesByFactor(Level level) {
    Level.Span least = gainsByDays(level) ? Level.Span.DAY : level.sortedWithin();
    Map<Double, Replay> longest = new TreeMap<>();
    for (Replay replay : sample.replays()) {
      if (replay.covers(least)) {
        longest.merge(factor(replay), replay, Forecast::longer);
      }
    }
    Map<Double, Double> points = new TreeMap<>();
    longest.forEach(
        (factor, replay) ->
            points.put(
                factor,
                replay.size(level).bytesPerRow() / bytesByDays.get(level).at(days(replay))));
    return new Curve(points);
  }

  private double bytesPerRowOfAllDays(Level level) {
    return sample.replays().stream()
        .filter(replay -> replay.step().factor() == 1)
        .reduce(Forecast::longer)
        .orElseThrow()
        .size(level)
        .bytesPerRow();
  }

  /** A squeezed replay is of some hours only, which may have more or less than the mean. */
  private double factor(Replay replay) {
    return replay.step().squeeze() == 1
        ? replay.step().factor()
        : (double) replay.rawRows() / replay.step().seconds() / sample.rowsPerSecond();
  }

  private static Replay longer(Replay one, Replay other) {
    return one.step().seconds() >= other.step().seconds() ? one : other;
  }

  private static double days(Replay replay) {
    return (double) replay.step().seconds() / Level.Span.DAY.seconds();
  }

  /**
   * What one table takes after its parts were merged.
   *
   * @param kept rows of it per row of http_log
   * @param isExtrapolated whether no replay of the sample had this rate and enough time, or fewer
   *     days are measured than a partition has
   */
  public record LevelForecast(
      Level level, double days, double kept, double rows, double bytes, boolean isExtrapolated) {

    public double bytesPerRow() {
      return bytes / rows;
    }
  }
}
