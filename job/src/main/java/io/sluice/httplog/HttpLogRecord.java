package io.sluice.httplog;

import io.sluice.clickhouse.block.Utf8Slice;

/**
 * One HTTP request that an edge server answered, as it flows through the job: numbers, and text as
 * slices of the Kafka message.
 *
 * <p>The source fills one instance again and again (object reuse), so an operator that keeps a
 * record copies what it needs. The 64-bit numbers are unsigned, as in the Cap'n Proto schema.
 */
public final class HttpLogRecord {
  /**
   * When Kafka got the message, or when it was read if Kafka's time of it cannot be true;
   * milliseconds since 1970. What ages and latencies are measured from.
   */
  public long arrivalEpochMilli;

  public long timestampEpochMilli;
  public long resourceId;
  public long bytesSent;
  public long requestTimeMilli;

  /** 0 to 65535. */
  public int responseStatus;

  public final Utf8Slice cacheStatus = new Utf8Slice();
  public final Utf8Slice method = new Utf8Slice();
  public final Utf8Slice remoteAddr = new Utf8Slice();
  public final Utf8Slice url = new Utf8Slice();

  /** All but the arrival becomes that of a new record: zeros and empty texts. */
  public void clear() {
    timestampEpochMilli = 0;
    resourceId = 0;
    bytesSent = 0;
    requestTimeMilli = 0;
    responseStatus = 0;
    cacheStatus.clear();
    method.clear();
    remoteAddr.clear();
    url.clear();
  }
}
