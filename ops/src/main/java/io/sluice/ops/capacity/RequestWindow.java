package io.sluice.ops.capacity;

/**
 * What the proxy's window means for a rate: each request makes one part in every table, and one
 * more for every further partition that its rows touch.
 *
 * @param rate that the proxy admits, per lane
 * @param lanes that share the rows evenly, at least 1
 * @param maxBodyBytes largest request that the proxy takes
 */
public record RequestWindow(ProxyRate rate, int lanes, long maxBodyBytes) {
  /** Some 48,000 rows per MiB, compressed as the job sends them. */
  private static final double BYTES_PER_ROW = 1_048_576 / 48_000.0;

  private static final double DAY_SECONDS = Level.Span.DAY.seconds;

  public RequestWindow {
    if (lanes < 1 || maxBodyBytes < 1) {
      throw new IllegalArgumentException(
          "lanes and maxBodyBytes are " + lanes + " and " + maxBodyBytes + ", must be above 0");
    }
  }

  /** A window without rows has no request. */
  double requestsPerDay(double rowsPerSecond) {
    return Math.min(lanes * DAY_SECONDS / seconds(), rowsPerSecond * DAY_SECONDS);
  }

  double rowsPerRequest(double rowsPerSecond) {
    return rowsPerSecond * DAY_SECONDS / requestsPerDay(rowsPerSecond);
  }

  double bytesPerRequest(double rowsPerSecond) {
    return rowsPerRequest(rowsPerSecond) * BYTES_PER_ROW;
  }

  boolean fits(double rowsPerSecond) {
    return bytesPerRequest(rowsPerSecond) <= maxBodyBytes;
  }

  int lanesThatFit(double rowsPerSecond) {
    return (int) Math.ceil(rowsPerSecond * seconds() * BYTES_PER_ROW / maxBodyBytes);
  }

  double mostRowsPerSecond() {
    return lanes * maxBodyBytes / BYTES_PER_ROW / seconds();
  }

  private double seconds() {
    return rate.period().toMillis() / 1_000.0;
  }
}
