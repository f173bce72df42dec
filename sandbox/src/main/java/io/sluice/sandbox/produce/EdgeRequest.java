package io.sluice.sandbox.produce;

import io.sluice.ops.audit.TraceId;

/** One request that an edge server answered, with the fields of {@code http_log.capnp}. */
public record EdgeRequest(
    long timestampEpochMilli,
    long resourceId,
    long bytesSent,
    long requestTimeMilli,
    int responseStatus,
    String cacheStatus,
    String method,
    String remoteAddr,
    String url) {

  /** The same request with a mark at the end of its URL, by which a row is known again. */
  EdgeRequest traced(TraceId id) {
    return new EdgeRequest(
        timestampEpochMilli,
        resourceId,
        bytesSent,
        requestTimeMilli,
        responseStatus,
        cacheStatus,
        method,
        remoteAddr,
        url + id);
  }
}
