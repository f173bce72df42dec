package io.sluice.sandbox.produce;

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
    String url) {}
