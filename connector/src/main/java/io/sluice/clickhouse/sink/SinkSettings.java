package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertStatement;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The checked configuration of a sink.
 *
 * @param lanes one endpoint per lane; the sink's parallelism is their number
 * @param window the time that the proxy keeps between two requests
 * @param maxBufferBytes what a lane keeps at most before it holds back its source; {@link
 *     #WHAT_FITS} for as much as the heap allows
 */
public record SinkSettings(
    List<Endpoint> lanes,
    InsertStatement statement,
    Duration window,
    long maxRequestBytes,
    long maxBufferBytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A share of a fifth of the heap, see {@link BufferMemory}, and 1 GiB at most. */
  public static final long WHAT_FITS = 0;

  private static final long MOST_UNASKED_BYTES = 1L << 30;

  /** What a window may be at most. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException with the name that the builder has for what is wrong
   */
  public SinkSettings {
    lanes = List.copyOf(lanes);
    if (lanes.isEmpty()) {
      throw new IllegalArgumentException("endpoints: none, one is needed for each subtask");
    }
    if (lanes.stream().map(lane -> Endpoint.address(lane.url())).distinct().count()
        < lanes.size()) {
      throw new IllegalArgumentException(
          "endpoints: one is there twice, but each subtask needs a window of its own");
    }
    if (window.toMillis() < 1 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "window: %s, must be from 1 ms to %s".formatted(window, LONGEST_WINDOW));
    }
    if (maxBufferBytes != WHAT_FITS && maxBufferBytes < maxRequestBytes) {
      throw new IllegalArgumentException(
          "maxBufferSize: %d bytes, must be at least maxRequestSize, %d bytes"
              .formatted(maxBufferBytes, maxRequestBytes));
    }
  }

  /** What a lane may buffer where there is heap enough. */
  long wantedBufferBytes() {
    return maxBufferBytes == WHAT_FITS ? MOST_UNASKED_BYTES : maxBufferBytes;
  }
}
