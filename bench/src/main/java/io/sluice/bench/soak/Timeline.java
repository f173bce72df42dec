package io.sluice.bench.soak;

/**
 * When the signs of a loss appeared, in seconds since the outage began, or since the first record
 * if there is none; NaN for what did not happen. Not thread-safe.
 */
final class Timeline {
  /** The share of the limit from which on somebody should look. */
  static final double WARNING_SHARE = 0.7;

  private final double zeroSeconds;
  private double buffer70 = Double.NaN;
  private double held = Double.NaN;
  private double deletedUnread = Double.NaN;

  /**
   * @param zeroSeconds where its time begins, in seconds since the first record
   */
  Timeline(double zeroSeconds) {
    this.zeroSeconds = zeroSeconds;
  }

  /**
   * Takes a reading; one before its time is ignored.
   *
   * @param seconds since the first record
   * @param deleted messages now that no checkpoint covers
   */
  void look(double seconds, double bufferShare, boolean isHeld, long deleted) {
    double since = seconds - zeroSeconds;
    if (since < 0) {
      return;
    }
    buffer70 = first(buffer70, bufferShare >= WARNING_SHARE, since);
    held = first(held, isHeld, since);
    deletedUnread = first(deletedUnread, deleted > 0, since);
  }

  private static double first(double known, boolean now, double since) {
    return Double.isNaN(known) && now ? since : known;
  }

  double zeroSeconds() {
    return zeroSeconds;
  }

  double secondsToBuffer70() {
    return buffer70;
  }

  double secondsToHeld() {
    return held;
  }

  double secondsToDeletedUnread() {
    return deletedUnread;
  }
}
