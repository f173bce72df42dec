package io.sluice.sandbox.metrics;

import io.sluice.sandbox.config.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * The repository's {@code prometheus.yml}, for a stack on other ports: the targets are replaced one
 * by one and called as before, and looked at once a second. All else is as it is delivered.
 */
final class ScrapeConfig {
  private final Path folder;
  private final Map<String, Object> config;

  private ScrapeConfig(Path folder, Map<String, Object> config) {
    this.folder = folder;
    this.config = config;
  }

  /**
   * @param folder of {@code prometheus.yml} and its rules
   */
  static ScrapeConfig read(Path folder) throws IOException {
    return new ScrapeConfig(
        folder, new Yaml().load(Files.readString(folder.resolve("prometheus.yml"))));
  }

  /**
   * The configuration for a stack.
   *
   * @param prometheus the port of Prometheus itself
   */
  String of(Ports ports, int prometheus) {
    Map<String, Integer> portOf =
        Map.of(
            "jobmanager:9249", ports.jobmanagerMetrics(),
            "taskmanager:9249", ports.taskmanagerMetrics(),
            "kafka:9404", ports.kafkaMetrics(),
            "clickhouse:9363", ports.clickhouse(),
            "localhost:9090", prometheus);
    Map<String, Object> result = new LinkedHashMap<>(config);
    result.put(
        "global",
        Map.of("scrape_interval", "1s", "scrape_timeout", "1s", "evaluation_interval", "1s"));
    result.put(
        "rule_files", texts("rule_files").stream().map(f -> folder.resolve(f).toString()).toList());
    result.put("scrape_configs", jobs().stream().map(job -> moved(job, portOf)).toList());
    return new Yaml().dump(result);
  }

  private static Map<String, Object> moved(Map<String, Object> job, Map<String, Integer> portOf) {
    Map<String, Object> result = new LinkedHashMap<>(job);
    List<Object> targets = new ArrayList<>();
    for (Map<String, Object> group : maps(job.get("static_configs"))) {
      for (String target : strings(group.get("targets"))) {
        if (!portOf.containsKey(target)) {
          throw new AssertionError("no service of the stack is " + target);
        }
        Map<Object, Object> labels =
            new LinkedHashMap<>((Map<?, ?>) group.getOrDefault("labels", Map.of()));
        labels.putIfAbsent("instance", target.split(":", 2)[0]);
        targets.add(
            Map.of("targets", List.of("127.0.0.1:" + portOf.get(target)), "labels", labels));
      }
    }
    result.put("static_configs", targets);
    return result;
  }

  private List<Map<String, Object>> jobs() {
    return maps(config.get("scrape_configs"));
  }

  private List<String> texts(String key) {
    return strings(config.get(key));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> maps(Object yaml) {
    return (List<Map<String, Object>>) yaml;
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object yaml) {
    return (List<String>) yaml;
  }
}
