package io.sluice.feed.settings;

/**
 * A setting is missing or wrong; the message is one line that names it and says what would do. It
 * carries no stack trace: {@code flink run} would print it, and bury the line.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message, null, false, false);
  }
}
