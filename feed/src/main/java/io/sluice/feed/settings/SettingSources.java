package io.sluice.feed.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
import java.util.Set;
import java.util.TreeMap;
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
  private static final String KAFKA_CLIENT_VARIABLE = "SLUICE_KAFKA_CLIENT_";

  /** Of the image's entrypoint, {@code docker-compose.yml} and {@code ./sluice}; not the job's. */
  private static final Set<String> VARIABLES_OF_OTHERS =
      Set.of(
          "SLUICE_RESTORE_FROM",
          "SLUICE_KEEP_JOBS",
          "SLUICE_VERSION",
          "SLUICE_DIR",
          "SLUICE_PORT_OFFSET");

  /** What Kubernetes sets for each service, such as one that is called sluice-rest. */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile(
          "SLUICE_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?"
              + "|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)");

  private final Map<String, Entered> byKey = new TreeMap<>();
  private final List<? extends Setting> known;

  private SettingSources(List<? extends Setting> known) {
    this.known = known;
  }

  /** What was entered, by key; each is a setting's, or begins with {@code kafka.client.}. */
  public static Map<String, Entered> read(
      List<? extends Setting> known, String[] args, Map<String, String> environment) {
    SettingSources sources = new SettingSources(known);
    Map<String, Entered> arguments = sources.arguments(args);
    Entered file = arguments.remove(CONFIG);
    if (file != null) {
      sources.file(file);
    }
    sources.environment(environment);
    sources.byKey.putAll(arguments);
    return sources.byKey;
  }

  /** By key, {@code config} among them. */
  static Map<String, Entered> arguments(List<? extends Setting> known, String[] args) {
    return new SettingSources(known).arguments(args);
  }

  private Map<String, Entered> arguments(String[] args) {
    Map<String, Entered> arguments = new TreeMap<>();
    for (int i = 0; i < args.length; i++) {
      String place = "Argument " + (i + 1);
      if (!args[i].startsWith("--")) {
        throw new ConfigException(place + " is not a setting; write --name value");
      }
      String name = args[i].substring(2);
      int equals = name.indexOf('=');
      String key = known(equals < 0 ? name : name.substring(0, equals), place);
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

  private void file(Entered entered) {
    Properties properties = new Properties();
    String file = entered.text().trim();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("The file that --config names " + trouble(e));
    }
    for (String key : properties.stringPropertyNames()) {
      known(key, "A line of the file that --config names");
      byKey.put(key, new Entered(key + " in the --config file", properties.getProperty(key)));
    }
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

  private void environment(Map<String, String> environment) {
    Map<String, Setting> settings =
        known.stream().collect(Collectors.toMap(Setting::environmentVariable, setting -> setting));
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (!variable.startsWith(PREFIX)
                  || VARIABLES_OF_OTHERS.contains(variable)
                  || OF_A_SERVICE.matcher(variable).matches()) {
                return;
              }
              String key;
              if (settings.containsKey(variable)) {
                key = settings.get(variable).key();
              } else if (variable.startsWith(KAFKA_CLIENT_VARIABLE)) {
                key =
                    variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
              } else {
                throw new ConfigException(
                    "The environment variable %s is no setting%s; unset it"
                        .formatted(variable, meant(Nearest.to(variable, settings.keySet()))));
              }
              // As if it were not set: compose files pass on what is not set as an empty text.
              if (!text.isEmpty()) {
                byKey.put(key, new Entered(variable, text));
              }
            });
  }

  private String known(String key, String place) {
    List<String> names = new ArrayList<>(List.of(CONFIG));
    known.stream().map(Setting::key).forEach(names::add);
    if (names.contains(key)
        || (key.startsWith(KAFKA_CLIENT_PREFIX) && key.length() > KAFKA_CLIENT_PREFIX.length())) {
      return key;
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
