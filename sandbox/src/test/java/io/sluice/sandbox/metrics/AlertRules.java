package io.sluice.sandbox.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The alerts as files: {@code monitoring/prometheus/alerts.yml}. */
public final class AlertRules {
  static final Path REPOSITORY = Path.of("..");
  static final Path FOLDER = REPOSITORY.resolve("monitoring/prometheus");

  private AlertRules() {}

  static List<JsonNode> all() throws IOException {
    JsonNode file =
        new ObjectMapper()
            .valueToTree(new Yaml().<Object>load(Files.readString(FOLDER.resolve("alerts.yml"))));
    return stream(file.path("groups")).flatMap(group -> stream(group.path("rules"))).toList();
  }

  public static List<String> names() throws IOException {
    return all().stream().map(rule -> rule.path("alert").asText()).toList();
  }

  /** The anchor of an alert's section in the runbook. */
  public static String section(String alert) {
    return alert.toLowerCase(Locale.ROOT);
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
