package io.sluice.job;

/** A setting is missing or wrong; the message is one line that names it and says what would do. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(message);
  }
}
