package io.sluice.feed.kafka;

/**
 * A message cannot be decoded. The exception's words are of a fixed list that the decoder has,
 * never of the message, and may be logged. It carries no stack trace: bad messages may come by the
 * thousand, and where the decoder noticed tells nothing.
 */
public final class UndecodableMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  public UndecodableMessageException(String words) {
    super(words, null, false, false);
  }
}
