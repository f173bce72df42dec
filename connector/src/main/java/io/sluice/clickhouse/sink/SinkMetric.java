package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.sink.SinkMetric.Kind.COUNTER;
import static io.sluice.clickhouse.sink.SinkMetric.Kind.GAUGE;
import static io.sluice.clickhouse.sink.SinkMetric.Kind.HISTOGRAM;

import org.apache.flink.annotation.Internal;

/**
 * Every metric in the group {@code sluice} of the sink's two operators, per lane. A row of {@code
 * docs/reference.md} each.
 */
@Internal
public enum SinkMetric {
  BUFFER_FILL(
      "bufferFill", GAUGE, "ratio", "bufferedBytes / bufferLimitBytes; at 1 the source is held"),
  BUFFERED_BYTES("bufferedBytes", GAUGE, "bytes", "read and not yet acknowledged"),
  BUFFER_LIMIT_BYTES("bufferLimitBytes", GAUGE, "bytes", "limit of bufferedBytes"),
  SECONDS_TO_FULL_BUFFER(
      "secondsToFullBuffer",
      GAUGE,
      "seconds",
      "until the buffer is full, at the growth of the last three windows; 86400: a day or more"),
  SOURCE_HELD("sourceHeld", GAUGE, "0 or 1", "1: nothing is read, as the buffer is full"),
  OLDEST_UNSENT_AGE_SECONDS(
      "oldestUnsentAgeSeconds", GAUGE, "seconds", "age of the oldest row that is not stored"),
  LATENCY_SECONDS(
      "latencySeconds",
      HISTOGRAM,
      "seconds",
      "from a row's arrival to its acknowledged insert, over the last hundred requests, each weighing"
          + " the same; the rows of a block count as spread evenly from its oldest to its newest"),
  OPEN_ROWS("openRows", GAUGE, "rows", "in blocks that no checkpoint has frozen yet"),
  OPEN_BYTES("openBytes", GAUGE, "bytes", "of blocks that no checkpoint has frozen yet"),
  FROZEN_ROWS("frozenRows", GAUGE, "rows", "in batches that are not acknowledged"),
  FROZEN_BYTES("frozenBytes", GAUGE, "bytes", "of batches that are not acknowledged"),
  BATCHES_AWAITING_CHECKPOINT(
      "batchesAwaitingCheckpoint",
      GAUGE,
      "batches",
      "that wait for the checkpoint that covers them"),
  BATCHES_SENDABLE("batchesSendable", GAUGE, "batches", "that wait for the window"),
  BATCHES_IN_FLIGHT("batchesInFlight", GAUGE, "batches", "that wait for ClickHouse's answer"),
  BATCHES_SET_ASIDE(
      "batchesSetAside", GAUGE, "batches", "refused, or too large and uncuttable; others go first"),
  UNCUTTABLE_BYTES(
      "uncuttableBytes",
      GAUGE,
      "bytes",
      "largest batch that is too large for the proxy and cannot be cut; 0: none"),
  WINDOW_SECONDS("windowSeconds", GAUGE, "seconds", "configured time between two requests"),
  SECONDS_TO_NEXT_WINDOW(
      "secondsToNextWindow", GAUGE, "seconds", "until the next request may be sent"),
  REQUESTS_ACCEPTED("requestsAccepted", COUNTER, "requests", "stored by ClickHouse"),
  REQUESTS_TOO_EARLY("requestsTooEarly", COUNTER, "requests", "turned away: the window was shut"),
  REQUESTS_RETRIED(
      "requestsRetried",
      COUNTER,
      "requests",
      "failed by an error that passes, or without an answer"),
  REQUESTS_TOO_LARGE("requestsTooLarge", COUNTER, "requests", "answered with 413"),
  REQUESTS_REFUSED("requestsRefused", COUNTER, "requests", "failed by an error that does not pass"),
  REQUESTS_NOT_CLICKHOUSE(
      "requestsNotClickHouse", COUNTER, "requests", "answered by something other than ClickHouse"),
  REQUESTS_IN_DOUBT(
      "requestsInDoubt",
      GAUGE,
      "batches",
      "that ClickHouse may have stored and that may be sent again"),
  RESENDS("resends", COUNTER, "requests", "accepted repeats of requests of unknown fate"),
  LAST_REQUEST_ROWS("lastRequestRows", GAUGE, "rows", "in the last accepted request"),
  LAST_REQUEST_BYTES("lastRequestBytes", GAUGE, "bytes", "of the last accepted request"),
  REQUEST_LIMIT_BYTES(
      "requestLimitBytes",
      GAUGE,
      "bytes",
      "size that requests are cut to: the configured one, or less after a 413"),
  REQUEST_LIMIT_LOWERED(
      "requestLimitLowered",
      GAUGE,
      "0 or 1",
      "1: a 413 has lowered the limit since the task started"),
  BLOCKS_ENCODED("blocksEncoded", COUNTER, "blocks", "built by the encoder"),
  ROWS_ENCODED("rowsEncoded", COUNTER, "rows", "in these blocks"),
  RAW_BYTES_ENCODED("rawBytesEncoded", COUNTER, "bytes", "of these blocks, uncompressed"),
  COMPRESSED_BYTES_ENCODED(
      "compressedBytesEncoded", COUNTER, "bytes", "of these blocks, compressed"),
  UNENCODED_ROWS("unencodedRows", GAUGE, "rows", "in the block that is not full yet");

  /** What a reporter takes it for. */
  public enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  public final String metricName;
  public final Kind kind;
  public final String unit;
  public final String meaning;

  SinkMetric(String metricName, Kind kind, String unit, String meaning) {
    this.metricName = metricName;
    this.kind = kind;
    this.unit = unit;
    this.meaning = meaning;
  }
}
