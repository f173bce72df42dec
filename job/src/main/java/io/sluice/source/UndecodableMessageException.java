package io.sluice.source;

/**
 * A message is not a valid {@code HttpLogRecord}. The exception's message says why in words that
 * may be logged: sizes and places, never content. It carries no stack trace: bad messages may come
 * by the thousand, and where the decoder noticed tells nothing.
 */
public final class UndecodableMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  UndecodableMessageException(String reason) {
    super(reason, null, false, false);
  }
}
