package io.sluice.ops.capacity;

/**
 * What the request window means for a rate: each request makes one part in every table, and one
 * more for every further partition that its rows touch.
 *
 * @param rowsPerSecond of all lanes
 * @param window the proxy's rate, per lane
 * @param lanes that share the rows evenly, at least 1
 * @param maxBodyBytes largest request that the proxy takes
 */
public record RequestForecast(
    double rowsPerSecond, ProxyRate window, int lanes, long maxBodyBytes) {
  /** Some 48,000 rows per MiB, compressed as the job sends them. */
  static final double BYTES_PER_ROW = 1_048_576 / 48_000.0;

  private static final double DAY_SECONDS = Level.Span.DAY.seconds();

  public RequestForecast {
    if (!(rowsPerSecond > 0) || lanes < 1 || maxBodyBytes < 1) {
      throw new IllegalArgumentException(
          "rowsPerSecond, lanes and maxBodyBytes are %s, %d and %d, must be above 0"
              .formatted(rowsPerSecond, lanes, maxBodyBytes));
    }
  }

  /** A window without rows has no request. */
  public double requestsPerDay() {
    return Math.min(lanes * DAY_SECONDS / windowSeconds(), rowsPerSecond * DAY_SECONDS);
  }

  public double rowsPerRequest() {
    return rowsPerSecond * DAY_SECONDS / requestsPerDay();
  }

  public double bytesPerRequest() {
    return rowsPerRequest() * BYTES_PER_ROW;
  }

  /** Whether what arrives in a window goes into its requests. */
  public boolean fits() {
    return bytesPerRequest() <= maxBodyBytes;
  }

  /** The least number of lanes with which it fits. */
  public int lanesThatFit() {
    return (int) Math.ceil(rowsPerSecond * windowSeconds() * BYTES_PER_ROW / maxBodyBytes);
  }

  /** The most rows per second that these lanes carry. */
  public double mostRowsPerSecond() {
    return lanes * maxBodyBytes / BYTES_PER_ROW / windowSeconds();
  }

  private double windowSeconds() {
    return window.period().toMillis() / 1_000.0;
  }
}
