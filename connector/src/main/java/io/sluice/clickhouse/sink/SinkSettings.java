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
 * @param statement the table, and the columns of the blocks
 * @param window the time that the proxy keeps between two requests
 * @param maxRequestBytes the limit of a request's body
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

  public SinkSettings {
    lanes = List.copyOf(lanes);
    if (lanes.isEmpty()) {
      throw new IllegalArgumentException("lanes: none, at least one endpoint is needed");
    }
    if (window.isNegative()) {
      throw new IllegalArgumentException("window: " + window + ", must not be negative");
    }
    if (maxBufferBytes != WHAT_FITS && maxBufferBytes < maxRequestBytes) {
      throw new IllegalArgumentException(
          "maxBufferSize: %d bytes, must be at least maxRequestSize, %d bytes"
              .formatted(maxBufferBytes, maxRequestBytes));
    }
  }

  boolean hasOwnBufferLimit() {
    return maxBufferBytes != WHAT_FITS;
  }

  /** What a lane may buffer where there is heap enough. */
  long wantedBufferBytes() {
    return hasOwnBufferLimit() ? maxBufferBytes : MOST_UNASKED_BYTES;
  }
}
