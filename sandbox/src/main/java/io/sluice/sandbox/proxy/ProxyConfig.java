package io.sluice.sandbox.proxy;

import io.sluice.ops.capacity.ProxyRate;
import java.time.Duration;

/**
 * What a proxy of the sandbox does: it admits one request per period and client address, in front
 * of one HTTP server on this machine.
 *
 * @param port where the proxy listens, on 127.0.0.1 only
 * @param upstreamPort the server behind it, on 127.0.0.1
 * @param rate requests admitted; there is no burst
 * @param maxBodyBytes a request body beyond this is refused with 413
 * @param upstreamTimeout how long the server may be silent before it counts as 504; ClickHouse says
 *     nothing until an INSERT is done
 */
public record ProxyConfig(
    int port, int upstreamPort, ProxyRate rate, long maxBodyBytes, Duration upstreamTimeout) {
  /** What nginx takes when {@code client_max_body_size} is not set: 1 MiB. */
  public static final long DEFAULT_MAX_BODY_BYTES = 1L << 20;

  /** Ten minutes: no INSERT of a few million rows takes as long. */
  public static final Duration DEFAULT_UPSTREAM_TIMEOUT = Duration.ofMinutes(10);
}
