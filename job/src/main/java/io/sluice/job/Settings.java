package io.sluice.job;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;

/**
 * The values of all settings, as text, and readers that check them. File ({@code --config}),
 * environment and arguments set them; in that order, later wins.
 */
final class Settings {
  /** Settings with this prefix go to the Kafka clients as they are, without it. */
  static final String KAFKA_CLIENT_PREFIX = "kafka.client.";

  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|min|h)");

  private final Map<Setting, String> values = new EnumMap<>(Setting.class);
  private final Map<String, String> kafkaClient = new TreeMap<>();

  private Settings() {}

  static Settings read(String[] args, Map<String, String> environment) {
    Map<String, String> arguments = arguments(args);
    Settings settings = new Settings();
    String file = arguments.remove("config");
    if (file != null) {
      settings.putAll(file(file), " (in " + file + ")");
    }
    for (Setting setting : Setting.values()) {
      String value = environment.get(setting.environmentVariable());
      if (value != null) {
        settings.values.put(setting, value.trim());
      }
    }
    settings.putAll(arguments, "");
    return settings;
  }

  private static Map<String, String> arguments(String[] args) {
    Map<String, String> arguments = new TreeMap<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        throw new ConfigException(
            "Argument '%s' is not a setting; write --name value".formatted(args[i]));
      }
      String name = args[i].substring(2);
      int equals = name.indexOf('=');
      if (equals >= 0) {
        arguments.put(name.substring(0, equals), name.substring(equals + 1).trim());
      } else if (i + 1 < args.length) {
        i++;
        arguments.put(name, args[i].trim());
      } else {
        throw new ConfigException("--%s has no value; write --%s value".formatted(name, name));
      }
    }
    return arguments;
  }

  private static Map<String, String> file(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("--config %s cannot be read: %s".formatted(file, e));
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, name -> properties.getProperty(name).trim()));
  }

  private void putAll(Map<String, String> source, String where) {
    source.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_CLIENT_PREFIX)) {
            kafkaClient.put(key.substring(KAFKA_CLIENT_PREFIX.length()), value);
          } else {
            values.put(Setting.of(key).orElseThrow(() -> unknown(key, where)), value);
          }
        });
  }

  private static ConfigException unknown(String key, String where) {
    String known =
        Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", "));
    return new ConfigException(
        "No setting is called '%s'%s; there are %s and %s*"
            .formatted(key, where, known, KAFKA_CLIENT_PREFIX));
  }

  Map<String, String> kafkaClient() {
    return Map.copyOf(kafkaClient);
  }

  String optionalText(Setting setting) {
    return values.getOrDefault(setting, setting.defaultValue().orElse(""));
  }

  String text(Setting setting) {
    String value = optionalText(setting);
    if (value.isEmpty()) {
      throw new ConfigException(
          "%s is not set: %s. Set it as --%s, %s, or in the --config file"
              .formatted(
                  setting.key(), setting.meaning(), setting.key(), setting.environmentVariable()));
    }
    return value;
  }

  boolean flag(Setting setting) {
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

  int number(Setting setting, int least, int most) {
    return parse(
        setting,
        "a whole number from %d to %d".formatted(least, most),
        text -> (int) within(Integer.parseInt(text), least, most));
  }

  long bytes(Setting setting, long least, long most) {
    return parse(
        setting, bytesFrom(least, most), text -> within(MemorySize.parseBytes(text), least, most));
  }

  /** As {@link #bytes}; {@code auto} stands for a value of the caller's. */
  long bytesOrAuto(Setting setting, long least, long most, long auto) {
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

  Duration duration(Setting setting, Duration least) {
    return parse(
        setting,
        "a time of at least %d ms, such as 500ms, 62.5s, 5m or 1h".formatted(least.toMillis()),
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
          return Duration.ofMillis(within(millis, least.toMillis(), Long.MAX_VALUE));
        });
  }

  List<URI> urls(Setting setting) {
    return parse(
        setting,
        "http(s)://host:port, several by comma",
        text -> Arrays.stream(text.split(",")).map(String::trim).map(Settings::url).toList());
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (!web || url.getHost() == null) {
        throw new IllegalArgumentException();
      }
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private <V> V parse(Setting setting, String expected, Function<String, V> parser) {
    String text = text(setting);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("%s is '%s'; expected %s".formatted(setting.key(), text, expected));
    }
  }
}
