package io.sluice.feed.kafka;

/**
 * A message that could not be decoded: its bytes, where it was, and why.
 *
 * <p>The bytes may hold client addresses, so they go nowhere but to the dead-letter topic. A Flink
 * POJO, which lets fields be added should one ever be in state.
 *
 * @param value the value as it came, not copied; null for a tombstone
 * @param timestampEpochMilli the message's timestamp in Kafka
 * @param reason the words of a defect, without content of the message
 */
// The array is carried, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record DeadLetter(
    byte[] value,
    String topic,
    int partition,
    long offset,
    long timestampEpochMilli,
    String reason) {
  static DeadLetter of(KafkaMessage message, UndecodableMessageException why) {
    return new DeadLetter(
        message.value,
        message.topic,
        message.partition,
        message.offset,
        message.timestampEpochMilli,
        why.getMessage());
  }
}
