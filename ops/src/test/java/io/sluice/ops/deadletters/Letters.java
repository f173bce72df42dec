package io.sluice.ops.deadletters;

/** Dead letters for tests. */
final class Letters {
  static final String TOPIC = "http_log";
  static final String DEAD_LETTERS = "http_log_dead_letters";

  private Letters() {}

  /** A letter at one offset of the dead-letter topic about the message at another. */
  static Letter letter(long offset, long originOffset) {
    return letter(offset, originOffset, "empty value", 1_000 * originOffset);
  }

  static Letter letter(long offset, long originOffset, String reason, long timestampEpochMilli) {
    return new Letter(
        new Place(DEAD_LETTERS, 0, offset),
        origin(originOffset),
        timestampEpochMilli,
        timestampEpochMilli + 500,
        reason,
        100,
        false);
  }

  static Place origin(long offset) {
    return new Place(TOPIC, 0, offset);
  }
}
