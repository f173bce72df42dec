package io.sluice.bench.stack;

import java.util.Locale;

/** Measured numbers as they are shown: no more digits than the measurement carries. */
final class Figures {
  private Figures() {}

  /** Rounds to hundredths, for JSON. */
  static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** With thousands apart, such as {@code 1,234}. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** As {@link #whole(long)}, rounded. */
  static String whole(double value) {
    return whole(Math.round(value));
  }

  /** Two decimals. */
  static String fine(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
