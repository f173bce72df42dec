package io.sluice.feed.kafka;

/** How large a message the dead-letter topic takes. Its calls may block for seconds. */
interface LetterLimit {
  /** Bytes of a batch of one message, as Kafka counts them; asked once, until {@link #forget}. */
  int maxBytes();

  /** The next call asks again. */
  void forget();
}
