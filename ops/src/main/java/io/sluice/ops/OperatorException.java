package io.sluice.ops;

/**
 * Something the user can understand and act on: the message says what is wrong and what to do, and
 * is shown without a stack trace. The kind decides the exit code of the command line.
 */
public final class OperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public enum Kind {
    /** A step failed: a server did not start, a request was refused. */
    FAILED(1),
    USAGE(2),
    /** The stack is not in the state that the verb needs: running already, or not at all. */
    WRONG_STATE(3);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  public OperatorException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public OperatorException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public static OperatorException failed(String message) {
    return new OperatorException(Kind.FAILED, message);
  }

  public static OperatorException failed(String message, Throwable cause) {
    return new OperatorException(Kind.FAILED, message, cause);
  }

  public static OperatorException wrongUsage(String message) {
    return new OperatorException(Kind.USAGE, message);
  }

  public static OperatorException wrongState(String message) {
    return new OperatorException(Kind.WRONG_STATE, message);
  }

  /** After an {@link InterruptedException}: leaves the thread interrupted. */
  public static OperatorException interrupted(String doing) {
    Thread.currentThread().interrupt();
    return failed("interrupted while " + doing);
  }

  public Kind kind() {
    return kind;
  }
}
