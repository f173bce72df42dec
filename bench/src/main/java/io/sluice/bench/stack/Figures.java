package io.sluice.bench.stack;

/** Measured numbers as they are shown: no more digits than the measurement carries. */
final class Figures {
  private static final double WITHOUT_DECIMALS = 1_000;

  private Figures() {}

  /** Rounds to hundredths, for JSON. */
  static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** With thousands apart, such as {@code 1,234}. */
  static String text(long value) {
    return "%,d".formatted(value);
  }

  /** As {@link #text(long)}, or with two decimals if it is small; a question mark for null. */
  static String text(Double value) {
    if (value == null) {
      return "?";
    }
    return value < WITHOUT_DECIMALS ? "%.2f".formatted(value) : text(Math.round(value));
  }
}
