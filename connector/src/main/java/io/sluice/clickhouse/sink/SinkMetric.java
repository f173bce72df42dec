package io.sluice.clickhouse.sink;

import org.apache.flink.annotation.Internal;

/**
 * Every metric in the group {@code sluice} of the sink's two operators, per lane. A row of {@code
 * docs/reference.md} each.
 */
@Internal
public enum SinkMetric {
  BUFFER_FILL(
      "bufferFill",
      Kind.GAUGE,
      "ratio",
      "bufferedBytes / bufferLimitBytes; at 1 the source is held"),
  BUFFERED_BYTES("bufferedBytes", Kind.GAUGE, "bytes", "read and not yet acknowledged"),
  BUFFER_LIMIT_BYTES("bufferLimitBytes", Kind.GAUGE, "bytes", "limit of bufferedBytes"),
  SECONDS_TO_FULL_BUFFER(
      "secondsToFullBuffer",
      Kind.GAUGE,
      "seconds",
      "until the buffer is full, at the growth of the last three windows; 86400: a day or more"),
  SOURCE_HELD("sourceHeld", Kind.GAUGE, "0 or 1", "1: nothing is read, as the buffer is full"),
  OLDEST_UNSENT_AGE_SECONDS(
      "oldestUnsentAgeSeconds", Kind.GAUGE, "seconds", "age of the oldest row that is not stored"),
  LATENCY_SECONDS(
      "latencySeconds",
      Kind.HISTOGRAM,
      "seconds",
      "from a row's arrival to its acknowledged insert, over the last hundred requests, each weighing"
          + " the same; the rows of a block count as spread evenly from its oldest to its newest"),
  OPEN_ROWS("openRows", Kind.GAUGE, "rows", "in blocks that no checkpoint has frozen yet"),
  OPEN_BYTES("openBytes", Kind.GAUGE, "bytes", "of blocks that no checkpoint has frozen yet"),
  FROZEN_ROWS("frozenRows", Kind.GAUGE, "rows", "in batches that are not acknowledged"),
  FROZEN_BYTES("frozenBytes", Kind.GAUGE, "bytes", "of batches that are not acknowledged"),
  BATCHES_AWAITING_CHECKPOINT(
      "batchesAwaitingCheckpoint",
      Kind.GAUGE,
      "batches",
      "that wait for the checkpoint that covers them"),
  BATCHES_SENDABLE("batchesSendable", Kind.GAUGE, "batches", "that wait for the window"),
  BATCHES_IN_FLIGHT("batchesInFlight", Kind.GAUGE, "batches", "that wait for ClickHouse's answer"),
  BATCHES_SET_ASIDE(
      "batchesSetAside",
      Kind.GAUGE,
      "batches",
      "refused, or too large and uncuttable; others go first"),
  UNCUTTABLE_BYTES(
      "uncuttableBytes",
      Kind.GAUGE,
      "bytes",
      "largest batch that is too large for the proxy and cannot be cut; 0: none"),
  WINDOW_SECONDS("windowSeconds", Kind.GAUGE, "seconds", "configured time between two requests"),
  SECONDS_TO_NEXT_WINDOW(
      "secondsToNextWindow", Kind.GAUGE, "seconds", "until the next request may be sent"),
  REQUESTS_ACCEPTED("requestsAccepted", Kind.COUNTER, "requests", "stored by ClickHouse"),
  REQUESTS_TOO_EARLY(
      "requestsTooEarly", Kind.COUNTER, "requests", "turned away: the window was shut"),
  REQUESTS_RETRIED(
      "requestsRetried",
      Kind.COUNTER,
      "requests",
      "failed by an error that passes, or without an answer"),
  REQUESTS_TOO_LARGE("requestsTooLarge", Kind.COUNTER, "requests", "answered with 413"),
  REQUESTS_REFUSED(
      "requestsRefused", Kind.COUNTER, "requests", "failed by an error that does not pass"),
  REQUESTS_NOT_CLICKHOUSE(
      "requestsNotClickHouse",
      Kind.COUNTER,
      "requests",
      "answered by something other than ClickHouse"),
  REQUESTS_IN_DOUBT(
      "requestsInDoubt",
      Kind.GAUGE,
      "batches",
      "that ClickHouse may have stored and that may be sent again"),
  RESENDS("resends", Kind.COUNTER, "requests", "accepted repeats of requests of unknown fate"),
  LAST_REQUEST_ROWS("lastRequestRows", Kind.GAUGE, "rows", "in the last accepted request"),
  LAST_REQUEST_BYTES("lastRequestBytes", Kind.GAUGE, "bytes", "of the last accepted request"),
  REQUEST_LIMIT_BYTES(
      "requestLimitBytes",
      Kind.GAUGE,
      "bytes",
      "size that requests are cut to: the configured one, or less after a 413"),
  REQUEST_LIMIT_LOWERED(
      "requestLimitLowered",
      Kind.GAUGE,
      "0 or 1",
      "1: a 413 has lowered the limit since the task started"),
  BLOCKS_ENCODED("blocksEncoded", Kind.COUNTER, "blocks", "built by the encoder"),
  ROWS_ENCODED("rowsEncoded", Kind.COUNTER, "rows", "in these blocks"),
  RAW_BYTES_ENCODED("rawBytesEncoded", Kind.COUNTER, "bytes", "of these blocks, uncompressed"),
  COMPRESSED_BYTES_ENCODED(
      "compressedBytesEncoded", Kind.COUNTER, "bytes", "of these blocks, compressed"),
  UNENCODED_ROWS("unencodedRows", Kind.GAUGE, "rows", "in the block that is not full yet");

  /** What a reporter takes it for. */
  public enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  private final String metricName;
  private final Kind kind;
  private final String unit;
  private final String meaning;

  SinkMetric(String metricName, Kind kind, String unit, String meaning) {
    this.metricName = metricName;
    this.kind = kind;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The name under which it is registered. */
  public String metricName() {
    return metricName;
  }

  public Kind kind() {
    return kind;
  }

  public String unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }
}
