package io.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the main method sees on Kubernetes.
 *
 * @param variables the environment from ConfigMap and Secret
 * @param parallelism what the FlinkDeployment asks for
 */
public record KubernetesEnvironment(Map<String, String> variables, int parallelism) {
  /** Of the folder {@code base} or {@code example}, with the credentials of the example. */
  public static KubernetesEnvironment of(String folder) {
    Overlay overlay = Overlay.of(Repository.KUBERNETES.resolve(folder));
    Map<String, String> variables = new TreeMap<>(overlay.settings().get("sluice-settings"));
    for (JsonNode secret : Yaml.documents(Repository.KUBERNETES.resolve("secrets.example.yaml"))) {
      if (secret.at("/metadata/name").asText().equals("sluice-credentials")) {
        secret
            .path("stringData")
            .properties()
            .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
      }
    }
    return new KubernetesEnvironment(
        variables, overlay.object("FlinkDeployment").at("/spec/job/parallelism").asInt());
  }
}
