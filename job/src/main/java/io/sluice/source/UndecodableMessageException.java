package io.sluice.source;

/**
 * A message is not a valid {@code HttpLogRecord}. The exception's message is that of a {@link
 * Defect}, and may be logged. It carries no stack trace: bad messages may come by the thousand, and
 * where the decoder noticed tells nothing.
 */
public final class UndecodableMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  UndecodableMessageException(Defect defect) {
    super(defect.words(), null, false, false);
  }
}
