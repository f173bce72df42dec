package io.sluice.ops.metrics;

/** The sum of a counter that begins again at 0 when its process is restarted. Not thread-safe. */
public final class RisingCounter {
  private long before;
  private long last;

  public long read(long value) {
    if (value < last) {
      before += last;
    }
    last = value;
    return sum();
  }

  public long sum() {
    return before + last;
  }
}
