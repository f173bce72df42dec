package io.sluice.sandbox.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml}, with its anchors merged and its variables at their defaults. */
record ComposeFile(JsonNode json) {
  static final Path ROOT = Path.of("..");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  static ComposeFile read() throws IOException {
    String text = Files.readString(ROOT.resolve("docker-compose.yml"));
    Object document = new Yaml().load(VARIABLE.matcher(text).replaceAll("$1"));
    return new ComposeFile(new ObjectMapper().valueToTree(document));
  }

  Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    json.path("services").properties().forEach(e -> services.put(e.getKey(), e.getValue()));
    return services;
  }

  JsonNode service(String name) {
    return json.path("services").path(name);
  }

  Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    service(service)
        .path("environment")
        .properties()
        .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
    return environment;
  }

  /** What is mounted from the repository, by service, such as {@code ./sql:/docker…:ro}. */
  List<String> hostMounts() {
    return services().values().stream()
        .flatMap(service -> texts(service.path("volumes")).stream())
        .filter(mount -> mount.startsWith("."))
        .toList();
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  static long mebibytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return size.endsWith("g") ? number * 1_024 : number;
  }
}
