package io.sluice.source;

/**
 * A message is not a valid {@code HttpLogRecord}. The exception's message is that of a {@link
 * Defect}, and may be logged. It carries no stack trace: bad messages may come by the thousand, and
 * where the decoder noticed tells nothing.
 */
public final class UndecodableMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  UndecodableMessageException(Defect defect) {
    this(defect.words());
  }

  private UndecodableMessageException(String words) {
    super(words, null, false, false);
  }

  /** The same, of a message that is not the first one in its value. */
  UndecodableMessageException behindTheFirst() {
    return new UndecodableMessageException("behind the first message: " + getMessage());
  }
}
