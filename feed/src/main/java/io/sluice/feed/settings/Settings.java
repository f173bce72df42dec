package io.sluice.feed.settings;

import io.sluice.clickhouse.http.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** The values of all settings, as text, and readers that check them. */
public final class Settings {
  /** As Kafka's own, which also takes a protocol in front, as in PLAINTEXT://host:9092. */
  private static final Pattern BROKER =
      Pattern.compile("(?:[A-Za-z0-9_]+://)?(?:\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+):(\\d{1,5})");

  private final Map<String, Entered> entered;

  private Settings(Map<String, Entered> entered) {
    this.entered = entered;
  }

  /**
   * Reads them; see {@link SettingSources}.
   *
   * @throws ConfigException if something else was entered
   */
  public static Settings read(
      List<? extends Setting> known, String[] args, Map<String, String> environment) {
    return new Settings(SettingSources.read(known, args, environment));
  }

  /** Without their prefix; passwords are among them. */
  public Map<String, String> kafkaClient() {
    return KafkaClientProperties.checked(entered);
  }

  /** As it was entered, blanks included; empty if it was not. */
  public Entered secret(Setting setting) {
    return entered.getOrDefault(setting.key(), new Entered(setting.key(), ""));
  }

  private Entered entered(Setting setting) {
    Entered value = entered.get(setting.key());
    if (value == null) {
      value = new Entered(setting.key(), setting.defaultValue().orElseThrow(() -> unset(setting)));
    }
    if (value.text().isBlank()) {
      throw value.wrong(setting.meaning());
    }
    return new Entered(value.name(), value.text().trim());
  }

  private static ConfigException unset(Setting setting) {
    return new ConfigException(
        "%s is not set: %s. Set it as --%s, %s, or in the --config file"
            .formatted(
                setting.key(), setting.meaning(), setting.key(), setting.environmentVariable()));
  }

  /** One line of text. */
  public String text(Setting setting) {
    return matching(setting, Pattern.compile("\\P{Cc}*"), "text without control characters");
  }

  /** A text of a form, which {@code expected} puts into words. */
  public String matching(Setting setting, Pattern form, String expected) {
    Entered value = entered(setting);
    if (!form.matcher(value.text()).matches()) {
      throw value.wrong(expected);
    }
    return value.text();
  }

  public boolean flag(Setting setting) {
    return Boolean.parseBoolean(
        matching(setting, Pattern.compile("(?i)true|false"), "true or false"));
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
          Duration time =
              text.endsWith("ms")
                  ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                  : Duration.parse("PT" + text);
          if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException();
          }
          return time;
        });
  }

  private <V> V parse(Setting setting, String expected, Function<String, V> parser) {
    Entered value = entered(setting);
    try {
      return parser.apply(value.text());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw value.wrong(expected);
    }
  }

  /**
   * {@code host:port,…} as the Kafka clients take it. They look at it on the TaskManager only,
   * where a wrong one fails again and again.
   */
  public String brokers(Setting setting) {
    List<String> brokers =
        entered(setting)
            .each(
                "broker",
                "host:port, several by comma, IPv6 as [address]:port, ports from 1 to 65535",
                Settings::broker);
    return brokers.stream().distinct().collect(Collectors.joining(","));
  }

  private static String broker(String text) {
    Matcher matcher = BROKER.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("is none");
    }
    return text;
  }

  /**
   * One per lane. What is wrong with a URL is said by its number and in words, never by quoting it:
   * it may hold a password.
   */
  public List<URI> endpoints(Setting setting, int mostLanes) {
    Entered value = entered(setting);
    List<URI> urls = value.each("URL", "http(s)://host:port, several by comma", Settings::url);
    if (urls.size() > mostLanes) {
      throw value.wrong(
          "names %d endpoints".formatted(urls.size()), "%d at most".formatted(mostLanes));
    }
    Map<String, Integer> lanes = new HashMap<>();
    for (int i = 0; i < urls.size(); i++) {
      Integer twin = lanes.put(Endpoint.address(urls.get(i)), i);
      if (twin != null) {
        throw value.wrong(
            "names an endpoint twice, as URL %d and URL %d".formatted(twin + 1, i + 1),
            "one URL per window; two lanes would fight for it");
      }
    }
    return urls;
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      Endpoint.requireUsable(url);
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "has at character %d what no URL may have there".formatted(e.getIndex() + 1));
    }
  }
}
