package io.sluice.ops.deadletters;

/**
 * What is known of a dead letter without its bytes, which may hold client addresses and may be
 * many.
 *
 * @param place in the dead-letter topic
 * @param origin where the message was that could not be decoded; the letter's identity, since the
 *     job may have written it twice
 * @param timestampEpochMilli of the original message
 * @param writtenAtEpochMilli when the job wrote the letter
 * @param reason in the decoder's words
 * @param bytes of the value; -1 if there is none, as in a tombstone
 * @param cut whether the value was too long for the dead-letter topic and lost its end
 */
public record Letter(
    Place place,
    Place origin,
    long timestampEpochMilli,
    long writtenAtEpochMilli,
    String reason,
    int bytes,
    boolean cut) {
  boolean isWhole() {
    return bytes >= 0 && !cut;
  }

  /** The reason without its numbers, so that letters of one kind come together. */
  String kind() {
    return reason.replaceAll("\\d+", "N");
  }
}
