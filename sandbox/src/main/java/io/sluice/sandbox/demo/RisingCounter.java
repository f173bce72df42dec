package io.sluice.sandbox.demo;

/** The sum of a counter that begins again at 0 when its process is restarted. Not thread-safe. */
final class RisingCounter {
  private long before;
  private long last;

  /** Takes the next reading and returns the sum so far. */
  long read(long value) {
    if (value < last) {
      before += last;
    }
    last = value;
    return sum();
  }

  long sum() {
    return before + last;
  }
}
