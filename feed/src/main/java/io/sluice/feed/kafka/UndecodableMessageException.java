package io.sluice.feed.kafka;

/**
 * A message cannot be decoded. The exception's message is one of a fixed list that the decoder has,
 * and may be logged. It carries no stack trace: bad messages may come by the thousand, and where
 * the decoder noticed tells nothing.
 */
public final class UndecodableMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param words what is wrong, never what is in the message
   */
  public UndecodableMessageException(String words) {
    super(words, null, false, false);
  }

  /** The same, of a message that is not the first one in its value. */
  public UndecodableMessageException behindTheFirst() {
    return new UndecodableMessageException("behind the first message: " + getMessage());
  }
}
