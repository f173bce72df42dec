package io.sluice.feed.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** The values of all settings, as text, and readers that check them. */
public final class Settings {
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|min|h)");

  private final Map<String, Entered> entered;

  private Settings(Map<String, Entered> entered) {
    this.entered = entered;
  }

  /**
   * Reads them; see {@link SettingSources}.
   *
   * @param known all that the job has
   * @throws ConfigException if something else was entered
   */
  public static Settings read(
      List<? extends Setting> known, String[] args, Map<String, String> environment) {
    return new Settings(SettingSources.read(known, args, environment));
  }

  /** Without their prefix, checked, and not trimmed: passwords are among them. */
  public Map<String, String> kafkaClient() {
    Map<String, Entered> properties = new TreeMap<>();
    entered.forEach(
        (key, value) -> {
          if (key.startsWith(SettingSources.KAFKA_CLIENT_PREFIX)) {
            properties.put(key.substring(SettingSources.KAFKA_CLIENT_PREFIX.length()), value);
          }
        });
    return KafkaClientProperties.checked(properties);
  }

  /** As it was entered, blanks included; empty if it was not. */
  public Entered secret(Setting setting) {
    return entered.getOrDefault(setting.key(), new Entered(setting.key(), ""));
  }

  private Entered entered(Setting setting) {
    Entered value = entered.get(setting.key());
    if (value == null) {
      value =
          new Entered(
              setting.key(),
              setting
                  .defaultValue()
                  .orElseThrow(
                      () ->
                          new ConfigException(
                              "%s is not set: %s. Set it as --%s, %s, or in the --config file"
                                  .formatted(
                                      setting.key(),
                                      setting.meaning(),
                                      setting.key(),
                                      setting.environmentVariable()))));
    }
    if (value.text().isBlank()) {
      throw value.wrong(setting.meaning());
    }
    return new Entered(value.name(), value.text().trim());
  }

  /** One line of text. */
  public String text(Setting setting) {
    return parse(
        setting,
        "text without control characters",
        text -> {
          if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException();
          }
          return text;
        });
  }

  /**
   * A text of a form.
   *
   * @param expected the form in words
   */
  public String matching(Setting setting, Pattern form, String expected) {
    return parse(
        setting,
        expected,
        text -> {
          if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException();
          }
          return text;
        });
  }

  public boolean flag(Setting setting) {
    return parse(
        setting,
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  /** A value of an enum, in lower case. */
  public <E extends Enum<E>> E oneOf(Setting setting, Class<E> values) {
    return parse(
        setting,
        "one of "
            + Stream.of(values.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")),
        text -> Enum.valueOf(values, text.toUpperCase(Locale.ROOT)));
  }

  public int number(Setting setting, int least, int most) {
    return parse(
        setting,
        "a whole number from %d to %d".formatted(least, most),
        text -> (int) within(Integer.parseInt(text), least, most));
  }

  public long bytes(Setting setting, long least, long most) {
    return parse(
        setting, bytesFrom(least, most), text -> within(MemorySize.parseBytes(text), least, most));
  }

  /** As {@link #bytes}; {@code auto} stands for a value of the caller's. */
  public long bytesOrAuto(Setting setting, long least, long most, long auto) {
    return parse(
        setting,
        "auto, or " + bytesFrom(least, most),
        text ->
            text.equals(Setting.AUTO) ? auto : within(MemorySize.parseBytes(text), least, most));
  }

  private static String bytesFrom(long least, long most) {
    return "bytes from %d to %d, such as 1047552, 64m or 1g".formatted(least, most);
  }

  private static long within(long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  public Duration duration(Setting setting, Duration least, Duration most) {
    return parse(
        setting,
        "a time from %d ms to %d h, such as 500ms, 62.5s, 5m or 1h"
            .formatted(least.toMillis(), most.toHours()),
        text -> {
          Matcher matcher = DURATION.matcher(text);
          if (!matcher.matches()) {
            throw new IllegalArgumentException();
          }
          double unitMillis =
              switch (matcher.group(2)) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "h" -> 3_600_000;
                default -> 60_000;
              };
          long millis = Math.round(Double.parseDouble(matcher.group(1)) * unitMillis);
          return Duration.ofMillis(within(millis, least.toMillis(), most.toMillis()));
        });
  }

  /** One per lane. */
  public List<URI> endpoints(Setting setting, int mostLanes) {
    return EndpointUrls.parse(entered(setting), mostLanes);
  }

  /** {@code host:port,…} as the Kafka clients take it. */
  public String brokers(Setting setting) {
    return BrokerList.parse(entered(setting));
  }

  private <V> V parse(Setting setting, String expected, Function<String, V> parser) {
    Entered value = entered(setting);
    try {
      return parser.apply(value.text());
    } catch (IllegalArgumentException e) {
      throw value.wrong(expected);
    }
  }
}
