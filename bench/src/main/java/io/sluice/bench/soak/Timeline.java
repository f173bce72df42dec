package io.sluice.bench.soak;

/**
 * When the signs of a loss appeared, in seconds since the outage began, or since the first record
 * if there is none. Not thread-safe.
 */
final class Timeline {
  /** The share of the limit from which on somebody should look. */
  private static final double WARNING_SHARE = 0.7;

  /** Where its time begins, since the first record. */
  private final double zeroSeconds;

  private Double buffer70;
  private Double held;
  private Double deletedUnread;

  Timeline(double zeroSeconds) {
    this.zeroSeconds = zeroSeconds;
  }

  /** Takes a reading, so many seconds after the first record; one before its time is ignored. */
  void look(double seconds, Sample now) {
    double since = seconds - zeroSeconds;
    if (since >= 0) {
      buffer70 = first(buffer70, now.get(Figure.BUFFER_LIMIT_SHARE) >= WARNING_SHARE, since);
      held = first(held, now.get(Figure.SOURCE_HELD) > 0, since);
      deletedUnread = first(deletedUnread, now.get(Figure.KAFKA_DELETED_UNCOVERED) > 0, since);
    }
  }

  private static Double first(Double known, boolean isNow, double since) {
    return known == null && isNow ? SoakResult.known(since) : known;
  }

  SoakResult.Signs signs(long missed) {
    return new SoakResult.Signs(buffer70, held, deletedUnread, missed);
  }
}
