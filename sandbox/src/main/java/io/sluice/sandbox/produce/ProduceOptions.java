package io.sluice.sandbox.produce;

import java.time.Duration;

/**
 * What to produce.
 *
 * @param records how many messages, malformed ones included; 0 means until stopped
 * @param recordsPerSecond 0 means as fast as Kafka takes them
 * @param malformed how many of them cannot be decoded, spread evenly
 * @param seed the same one gives the same records, but for their times
 * @param traceable whether each URL ends in an id, so that the audit knows every record
 */
public record ProduceOptions(
    String topic,
    long records,
    double recordsPerSecond,
    long malformed,
    long seed,
    boolean traceable) {
  public ProduceOptions {
    if (records < 0) {
      throw new IllegalArgumentException("records is " + records + ", must be 0 or more");
    }
    if (!(recordsPerSecond >= 0)) {
      throw new IllegalArgumentException("rate is " + recordsPerSecond + ", must be 0 or more");
    }
    if (malformed < 0 || malformed > records) {
      throw new IllegalArgumentException(
          "malformed is " + malformed + ", must be 0 to the number of records, " + records);
    }
  }

  /** Traceable records, as fast as Kafka takes them. */
  public static ProduceOptions records(long records) {
    return new ProduceOptions("http_log", records, 0, 0, 1, true);
  }

  /** Traceable records at a rate, until stopped. */
  public static ProduceOptions untilStopped(double recordsPerSecond) {
    return new ProduceOptions("http_log", 0, recordsPerSecond, 0, 1, true);
  }

  public ProduceOptions withMalformed(long count) {
    return new ProduceOptions(topic, records, recordsPerSecond, count, seed, traceable);
  }

  public ProduceOptions withRate(double perSecond) {
    return new ProduceOptions(topic, records, perSecond, malformed, seed, traceable);
  }

  /**
   * The rate that leaves this time between two records.
   *
   * @param betweenRecords 0 means as fast as Kafka takes them
   */
  public ProduceOptions withDelay(Duration betweenRecords) {
    return withRate(betweenRecords.isZero() ? 0 : 1e9 / betweenRecords.toNanos());
  }

  public ProduceOptions withSeed(long newSeed) {
    return new ProduceOptions(topic, records, recordsPerSecond, malformed, newSeed, traceable);
  }

  /**
   * Whether the message at this place is one of the malformed.
   *
   * @param index from 0
   */
  boolean isMalformed(long index) {
    return malformed > 0
        && Math.floorDiv((index + 1) * malformed, records)
            > Math.floorDiv(index * malformed, records);
  }

  /** How many messages should have been sent by then, were nothing ever late. */
  long dueAfter(long elapsedNanos) {
    long limit = records == 0 ? Long.MAX_VALUE : records;
    return recordsPerSecond == 0
        ? limit
        : Math.min(limit, (long) (recordsPerSecond * (elapsedNanos / 1e9)) + 1);
  }
}
