package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * kubectl makes of the folders what the other tests took for granted ({@link Overlay}). Skipped
 * without a kubectl that has kustomize 5, which is 1.27 or newer; it needs no cluster.
 */
class KustomizeTest {
  @BeforeAll
  static void findKubectl() {
    assumeTrue(hasKustomize(), "there is no kubectl with kustomize 5 on the PATH");
  }

  private static boolean hasKustomize() {
    try {
      return run("kubectl", "version", "--client").contains("Kustomize Version: v5");
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What kubectl prints, without the hash that it appends to the name of the ConfigMap. */
  private static List<JsonNode> rendered(Path folder) throws IOException {
    String yaml = run("kubectl", "kustomize", folder.toString());
    assertThat(yaml).containsPattern("name: sluice-settings-[a-z0-9]{10}\n");
    return Yaml.parse(yaml.replaceAll("(name: sluice-settings)-[a-z0-9]{10}\n", "$1\n"));
  }

  private static JsonNode only(List<JsonNode> objects, String kind) {
    List<JsonNode> found =
        objects.stream().filter(o -> o.path("kind").asText().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  @Test
  void rendersTheExample() throws Exception {
    Path folder = Repository.KUBERNETES.resolve("example");
    List<JsonNode> objects = rendered(folder);
    Overlay overlay = Overlay.of(folder);
    assertThat(only(objects, "FlinkDeployment").get("spec"))
        .isEqualTo(overlay.object("FlinkDeployment").get("spec"));
    assertThat(only(objects, "PodMonitor").get("spec"))
        .isEqualTo(overlay.object("PodMonitor").get("spec"));
    assertThat(
            only(objects, "ConfigMap").get("data").properties().stream()
                .collect(
                    Collectors.toMap(entry -> entry.getKey(), entry -> entry.getValue().asText())))
        .isEqualTo(overlay.settings().get("sluice-settings"));
    assertThat(objects)
        .allSatisfy(o -> assertThat(o.at("/metadata/namespace").asText()).isEqualTo("sluice"));
    assertThat(objects).hasSize(overlay.objects().size() + 1);
  }

  @Test
  void rendersTheBaseWithAllComponents() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/kustomize").toAbsolutePath());
    Path kubernetes = folder.relativize(Repository.KUBERNETES);
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        resources: [%1$s/base]
        components:
          - %1$s/components/state-on-volume
          - %1$s/components/kafka-client
          - %1$s/components/network-policy
        """
            .formatted(kubernetes));
    assertThat(only(rendered(folder), "FlinkDeployment").get("spec"))
        .isEqualTo(Overlay.of(folder).object("FlinkDeployment").get("spec"));
  }
}
