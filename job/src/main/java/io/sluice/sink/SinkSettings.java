package io.sluice.sink;

import io.sluice.clickhouse.Endpoint;
import io.sluice.clickhouse.InsertStatement;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the sink needs to know.
 *
 * @param lanes one endpoint per lane; the sink's parallelism is their number
 * @param statement the table, and the columns of the blocks
 * @param window the time that the proxy keeps between two requests
 * @param maxRequestBytes the limit of a request's body
 * @param maxBufferBytes what a lane keeps at most before it holds back its source
 */
public record SinkSettings(
    List<Endpoint> lanes,
    InsertStatement statement,
    Duration window,
    long maxRequestBytes,
    long maxBufferBytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public SinkSettings {
    lanes = List.copyOf(lanes);
    if (lanes.isEmpty()) {
      throw new IllegalArgumentException("lanes: none, at least one endpoint is needed");
    }
    if (window.isNegative()) {
      throw new IllegalArgumentException("window: " + window + ", must not be negative");
    }
    if (maxBufferBytes < maxRequestBytes) {
      throw new IllegalArgumentException(
          "maxBufferBytes: "
              + maxBufferBytes
              + ", must be at least maxRequestBytes ("
              + maxRequestBytes
              + ")");
    }
  }
}
