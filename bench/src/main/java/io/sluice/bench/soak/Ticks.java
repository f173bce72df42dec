package io.sluice.bench.soak;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The round numbers along an axis from 0 on.
 *
 * @param step 1, 2 or 5 times a power of ten
 * @param last the first one that is not below the largest value
 */
record Ticks(double step, double last) {
  private static final double LEAST = 1e-9;

  /**
   * @param most intervals
   */
  static Ticks upTo(double largest, int most) {
    double raw = Math.max(largest, LEAST) / most;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step =
        DoubleStream.of(1, 2, 5, 10)
            .map(factor -> factor * power)
            .filter(candidate -> candidate >= raw * (1 - LEAST))
            .findFirst()
            .orElse(10 * power);
    return new Ticks(step, Math.ceil(largest / step - LEAST) * step);
  }

  int count() {
    return (int) Math.round(last / step);
  }

  double value(int index) {
    return index * step;
  }

  /** With as many decimals as the step needs. */
  String label(int index) {
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + LEAST));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value(index));
  }
}
