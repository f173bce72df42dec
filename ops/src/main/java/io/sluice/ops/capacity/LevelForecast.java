package io.sluice.ops.capacity;

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
