package io.sluice.bench.soak;

/**
 * A time of which a plot tells: a moment, or a span.
 *
 * @param label short
 */
record Marker(double fromSeconds, double toSeconds, String label) {
  static Marker at(double seconds, String label) {
    return new Marker(seconds, seconds, label);
  }

  boolean isSpan() {
    return toSeconds > fromSeconds;
  }
}
