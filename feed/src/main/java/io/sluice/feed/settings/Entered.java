package io.sluice.feed.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A setting as the user entered it.
 *
 * @param name with where it is: {@code --kafka.topic}, {@code SLUICE_KAFKA_TOPIC}, {@code
 *     kafka.topic in the --config file}
 * @param text as it is there, blanks included
 */
public record Entered(String name, String text) {
  /** No URL, no pair of names and values, no sentence: nothing that a secret would be part of. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._,-]{1,64}");

  /** For people, with what would do. */
  ConfigException wrong(String expected) {
    String shown = text.trim();
    if (shown.isEmpty()) {
      return wrong("is empty", expected);
    }
    return wrong(
        HARMLESS.matcher(shown).matches() ? "is '%s'".formatted(shown) : "is not understood",
        expected);
  }

  /** Of a text that is never shown. */
  public ConfigException wrong(String what, String expected) {
    return new ConfigException("%s %s; expected %s".formatted(name, what, expected));
  }

  /**
   * What is between commas.
   *
   * @param noun for one of them
   * @param parser says in an IllegalArgumentException how the sentence goes on that begins with the
   *     noun, without quoting the text
   */
  <V> List<V> each(String noun, String expected, Function<String, V> parser) {
    String[] texts = text.split(",", -1);
    List<V> values = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      try {
        values.add(parser.apply(texts[i].trim()));
      } catch (IllegalArgumentException e) {
        throw wrong(
            "is not right: %s %d of %d %s".formatted(noun, i + 1, texts.length, e.getMessage()),
            expected);
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }
}
