package io.sluice.sandbox.proxy;

import io.sluice.ops.capacity.ProxyRate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * nginx's {@code limit_req} without burst: a request is admitted if the last <em>admitted</em> one
 * of the same client is a period ago. One that is turned away changes nothing.
 *
 * <p>Thread-safe. Keeps one number per client address, for as long as the process lives.
 */
final class RequestLimit {
  private final long periodMilli;
  private final LongSupplier clockMilli;
  private final Map<String, Long> lastAdmittedMilli = new HashMap<>();

  /**
   * @param clockMilli milliseconds that only ever grow, from any origin
   */
  RequestLimit(ProxyRate rate, LongSupplier clockMilli) {
    this.periodMilli = rate.period().toMillis();
    this.clockMilli = clockMilli;
  }

  synchronized boolean admit(String client) {
    long now = clockMilli.getAsLong();
    Long last = lastAdmittedMilli.get(client);
    if (last != null && now - last < periodMilli) {
      return false;
    }
    lastAdmittedMilli.put(client, now);
    return true;
  }
}
