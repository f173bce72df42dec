package io.sluice.sandbox.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A dashboard as it is provisioned. */
record Dashboard(JsonNode json) {
  static final Path GRAFANA = Path.of("..", "monitoring", "grafana");

  /** Panels without data: headings and explanations. */
  private static final Set<String> WITHOUT_DATA = Set.of("row", "text");

  static Dashboard httpTraffic() throws IOException {
    return read("http-traffic");
  }

  /** By the name of its file. */
  static Dashboard read(String name) throws IOException {
    Path file = GRAFANA.resolve("dashboards").resolve(name + ".json");
    return new Dashboard(new ObjectMapper().readTree(file.toFile()));
  }

  String title() {
    return json.path("title").asText();
  }

  List<JsonNode> panels() {
    return elements(json.path("panels")).stream()
        .filter(panel -> !WITHOUT_DATA.contains(panel.path("type").asText()))
        .toList();
  }

  JsonNode panel(String title) {
    return panels().stream()
        .filter(panel -> panel.path("title").asText().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no panel has the title " + title));
  }

  List<JsonNode> variables() {
    return elements(json.path("templating").path("list"));
  }

  JsonNode variable(String name) {
    return variables().stream()
        .filter(variable -> variable.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no variable has the name " + name));
  }

  /** The one query of a panel, before anything is filled in. */
  static String sqlOf(JsonNode panel) {
    return panel.path("targets").path(0).path("rawSql").asText();
  }

  static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
