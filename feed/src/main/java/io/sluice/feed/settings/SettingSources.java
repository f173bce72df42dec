package io.sluice.feed.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads settings from the file ({@code --config}), the environment and the arguments; in that
 * order, later wins. Says what is wrong by place and name, never by content: a password in a wrong
 * place must not get into a log.
 */
public final class SettingSources {
  /** Settings with this prefix go to the Kafka clients as they are, without it. */
  public static final String KAFKA_CLIENT_PREFIX = "kafka.client.";

  private static final String CONFIG = "config";
  private static final String PREFIX = "SLUICE_";

  /**
   * Of the image's entrypoint, {@code docker-compose.yml} and {@code ./sluice}, not the job's; and
   * what Kubernetes sets for each service, such as one that is called sluice-rest.
   */
  private static final Pattern VARIABLE_OF_OTHERS =
      Pattern.compile(
          "SLUICE_(RESTORE_FROM|KEEP_JOBS|VERSION|DIR|PORT_OFFSET"
              + "|(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?"
              + "|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?))");

  private static final Pattern SECRET = Pattern.compile(".*(password|secret|jaas|token).*");

  private SettingSources() {}

  /** What was entered, by key; each is a setting's, or begins with {@code kafka.client.}. */
  public static Map<String, Entered> read(
      List<? extends Setting> known, String[] args, Map<String, String> environment) {
    Map<String, Entered> arguments = arguments(known, args);
    Entered file = arguments.remove(CONFIG);
    Map<String, Entered> byKey = file == null ? new TreeMap<>() : file(known, file);
    byKey.putAll(environment(known, environment));
    byKey.putAll(arguments);
    return byKey;
  }

  /**
   * For where Flink shows the arguments.
   *
   * @throws ConfigException if a password or the like is among them
   */
  public static void refuseSecrets(List<? extends Setting> known, String[] args) {
    arguments(known, args)
        .forEach(
            (key, value) -> {
              if (isSecret(key) && !value.text().isEmpty()) {
                throw new ConfigException(
                    "--%s is an argument of the JobManager, which its web UI and its log show; set %s, or put it into the --config file"
                        .formatted(key, variable(key)));
              }
            });
  }

  private static boolean isSecret(String key) {
    return SECRET.matcher(key).matches()
        || (key.startsWith(KAFKA_CLIENT_PREFIX) && KafkaClientProperties.isPassword(key));
  }

  /** By key, {@code config} among them. */
  private static Map<String, Entered> arguments(List<? extends Setting> known, String[] args) {
    Map<String, Entered> arguments = new TreeMap<>();
    for (int i = 0; i < args.length; i++) {
      String place = "Argument " + (i + 1);
      if (!args[i].startsWith("--")) {
        throw new ConfigException(place + " is not a setting; write --name value");
      }
      String name = args[i].substring(2);
      int equals = name.indexOf('=');
      String key = equals < 0 ? name : name.substring(0, equals);
      requireKnown(known, key, place);
      if (equals < 0 && i + 1 == args.length) {
        throw new ConfigException("--%s has no value; write --%s value".formatted(key, key));
      }
      String text = equals < 0 ? args[++i] : name.substring(equals + 1);
      arguments.put(key, new Entered("--" + key, text));
    }
    return arguments;
  }

  /** For {@code kafka.brokers}, {@code SLUICE_KAFKA_BROKERS}. */
  public static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static Map<String, Entered> file(List<? extends Setting> known, Entered file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file.text().trim()))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("The file that --config names " + trouble(e));
    }
    Map<String, Entered> byKey = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      requireKnown(known, key, "A line of the file that --config names");
      byKey.put(key, new Entered(key + " in the --config file", properties.getProperty(key)));
    }
    return byKey;
  }

  private static String trouble(Exception e) {
    if (e instanceof NoSuchFileException || e instanceof InvalidPathException) {
      return "does not exist";
    }
    if (e instanceof CharacterCodingException) {
      return "is not UTF-8";
    }
    return e instanceof IOException
        ? "cannot be read (" + e.getClass().getSimpleName() + ")"
        : "is no properties file: a \\u in it is not followed by four hexadecimal digits";
  }

  private static Map<String, Entered> environment(
      List<? extends Setting> known, Map<String, String> environment) {
    Map<String, String> keys =
        known.stream().collect(Collectors.toMap(Setting::environmentVariable, Setting::key));
    Map<String, Entered> byKey = new TreeMap<>();
    for (String variable : new TreeSet<>(environment.keySet())) {
      if (!variable.startsWith(PREFIX) || VARIABLE_OF_OTHERS.matcher(variable).matches()) {
        continue;
      }
      String key = keys.get(variable);
      if (key == null) {
        key = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
        if (!key.startsWith(KAFKA_CLIENT_PREFIX)) {
          throw new ConfigException(
              "The environment variable %s is no setting%s; unset it"
                  .formatted(variable, meant(Nearest.to(variable, keys.keySet()))));
        }
      }
      // As if it were not set: compose files pass on what is not set as an empty text.
      if (!environment.get(variable).isEmpty()) {
        byKey.put(key, new Entered(variable, environment.get(variable)));
      }
    }
    return byKey;
  }

  private static void requireKnown(List<? extends Setting> known, String key, String place) {
    List<String> names = new ArrayList<>(List.of(CONFIG));
    known.stream().map(Setting::key).forEach(names::add);
    if (names.contains(key)
        || (key.startsWith(KAFKA_CLIENT_PREFIX) && key.length() > KAFKA_CLIENT_PREFIX.length())) {
      return;
    }
    Optional<String> nearest = Nearest.to(key, names);
    throw new ConfigException(
        "%s is no setting%s; there are %s and %s*"
            .formatted(
                nearest.isPresent() ? place + ", '" + key + "'," : place,
                meant(nearest),
                String.join(", ", names),
                KAFKA_CLIENT_PREFIX));
  }

  private static String meant(Optional<String> nearest) {
    return nearest.map(name -> "; is " + name + " meant?").orElse("");
  }
}
