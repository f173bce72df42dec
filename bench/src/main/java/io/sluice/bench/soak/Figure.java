package io.sluice.bench.soak;

import java.util.Locale;

/** What is read at each moment: the columns of the CSV file, in this order. */
enum Figure {
  /** Since the first record. */
  SECONDS,
  /** Records that Kafka acknowledged. */
  PRODUCED,
  /** Rows in {@code http_log}. */
  STORED,
  /** Requests in the totals. */
  TOTALS,
  /** What the job keeps, open and frozen. */
  BUFFERED_BYTES,
  FROZEN_BYTES,
  /** Of the limit from which on the source is held. */
  BUFFER_LIMIT_SHARE,
  /** The age of the oldest row that is not acknowledged. */
  OLDEST_UNSENT_SECONDS,
  /** 1 if it is. */
  SOURCE_HELD,
  /** Messages that no checkpoint covers yet. */
  KAFKA_UNCOVERED,
  /** Those of them that Kafka has deleted meanwhile: lost, but for what the job had fetched. */
  KAFKA_DELETED_UNCOVERED,
  HEAP_USED_BYTES,
  /** The TaskManager's heap in use after the last collection. */
  HEAP_FLOOR_BYTES,
  /** Of the TaskManager's whole process. */
  RSS_BYTES,
  JOBMANAGER_HEAP_BYTES,
  /** The last one that completed. */
  CHECKPOINT_ID,
  CHECKPOINT_BYTES,
  CHECKPOINT_MILLIS,
  /** To the proxy so far. */
  REQUESTS_ACCEPTED,
  REQUESTS_TURNED_AWAY,
  REQUESTS_RETRIED,
  /** Age of rows at the acknowledgement, as the job measures it. */
  LATENCY_P50_SECONDS,
  LATENCY_P95_SECONDS,
  LATENCY_P99_SECONDS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
