package io.sluice.feed.settings;

import java.util.regex.Pattern;

/**
 * A setting as the user entered it.
 *
 * @param name with where it is: {@code --kafka.topic}, {@code SLUICE_KAFKA_TOPIC}, {@code
 *     kafka.topic in sluice.properties}
 * @param text as it is there, blanks included
 */
public record Entered(String name, String text) {
  /** No URL, no pair of names and values, no sentence: nothing that a secret would be part of. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._,-]{1,64}");

  /**
   * For people.
   *
   * @param expected what would do
   */
  public ConfigException wrong(String expected) {
    String is =
        text.isBlank()
            ? "is empty"
            : HARMLESS.matcher(text.trim()).matches()
                ? "is '%s'".formatted(text.trim())
                : "is not understood";
    return new ConfigException("%s %s; expected %s".formatted(name, is, expected));
  }

  /** Of a text that is never shown. */
  public ConfigException wrong(String what, String expected) {
    return new ConfigException("%s %s; expected %s".formatted(name, what, expected));
  }

  @Override
  public String toString() {
    return name;
  }
}
