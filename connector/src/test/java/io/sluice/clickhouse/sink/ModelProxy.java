package io.sluice.clickhouse.sink;

import java.time.Duration;

/**
 * nginx: the size limit first, then one request per window; a rejected one costs nothing. Or one
 * that knows no {@code Expect}.
 */
final class ModelProxy {
  static final int ADMITTED = 0;

  private final long windowNanos;
  private long maxBodyBytes = Long.MAX_VALUE;
  private long opensAtNanos = Long.MIN_VALUE;
  private boolean knowsExpect = true;

  ModelProxy(Duration window) {
    this.windowNanos = window.toNanos();
  }

  void limitBody(long bytes) {
    maxBodyBytes = bytes;
  }

  long maxBodyBytes() {
    return maxBodyBytes;
  }

  /** Another one may take its place. */
  void restart(boolean knowsExpect) {
    opensAtNanos = Long.MIN_VALUE;
    this.knowsExpect = knowsExpect;
  }

  /** The status it turns the request away with, or {@link #ADMITTED}. */
  int judge(Flight flight, long nowNanos) {
    if (flight.asksFirst() && !knowsExpect) {
      return 417;
    }
    if (flight.length > maxBodyBytes) {
      return 413;
    }
    if (nowNanos < opensAtNanos) {
      return 503;
    }
    opensAtNanos = nowNanos + windowNanos;
    return ADMITTED;
  }
}
