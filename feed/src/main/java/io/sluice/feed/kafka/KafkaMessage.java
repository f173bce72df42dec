package io.sluice.feed.kafka;

/**
 * One message as Kafka handed it over, and where it came from.
 *
 * <p>Mutable, because the source fills one instance again and again (object reuse); public fields
 * and the empty constructor make it a Flink POJO. The value array itself is fresh for every message
 * and never written to, so a slice of it stays valid.
 */
public final class KafkaMessage {
  public String topic = "";
  public int partition;
  public long offset;

  /** The message's timestamp in Kafka, milliseconds since 1970. */
  public long timestampEpochMilli;

  /** The value as it came; null in a tombstone. */
  public byte[] value;
}
