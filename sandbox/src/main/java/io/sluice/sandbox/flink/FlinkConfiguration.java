package io.sluice.sandbox.flink;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The configuration that the cluster of one stack runs with: {@code flink-conf/config.yaml} with
 * some keys replaced. The file has one dotted key per line, {@code key: value}; nesting, which YAML
 * and Flink would allow, is refused, since a replaced key could hide in it.
 *
 * @param lines of {@code config.yaml}
 */
public record FlinkConfiguration(List<String> lines) {
  private static final String FILE = "config.yaml";
  private static final List<String> COPIED =
      List.of("log4j-console.properties", "log4j-cli.properties");

  public FlinkConfiguration {
    lines = List.copyOf(lines);
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#") && keyOf(line).isEmpty()) {
        throw OperatorException.failed(
            FILE + ": not of the form 'key: value' on one line: " + line);
      }
    }
  }

  /** This configuration with some keys set, whether they were set before or not. */
  public FlinkConfiguration with(Map<String, String> overlay) {
    List<String> kept =
        lines.stream().filter(line -> keyOf(line).filter(overlay::containsKey).isEmpty()).toList();
    List<String> added =
        new TreeMap<>(overlay)
            .entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue()).toList();
    return new FlinkConfiguration(
        Stream.of(kept, List.of("", "# --- This stack ---"), added).flatMap(List::stream).toList());
  }

  /** The value of a key as it is written; empty if the key is not set. */
  public Optional<String> get(String key) {
    return lines.stream()
        .filter(line -> keyOf(line).filter(key::equals).isPresent())
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst();
  }

  /**
   * Writes a configuration folder for Flink's commands.
   *
   * @param source the folder with the file and the logging settings to start from
   */
  public static FlinkConfiguration write(Path source, Path target, Map<String, String> overlay) {
    try {
      FlinkConfiguration configuration =
          new FlinkConfiguration(Files.readAllLines(source.resolve(FILE))).with(overlay);
      Files.createDirectories(target);
      Files.write(target.resolve(FILE), configuration.lines());
      for (String name : COPIED) {
        Files.write(target.resolve(name), Files.readAllBytes(source.resolve(name)));
      }
      return configuration;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write flink's configuration", e);
    }
  }

  private static Optional<String> keyOf(String line) {
    int colon = line.indexOf(": ");
    return colon > 0 && Character.isLetter(line.charAt(0))
        ? Optional.of(line.substring(0, colon))
        : Optional.empty();
  }
}
