package io.sluice.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.FlinkStateSnapshot;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;

/**
 * What the operator's artifact says of an object: the schemas that it installs in a cluster, and
 * its own classes.
 *
 * <p>The artifact may be older than the operator that is needed. Then it is asked about all but the
 * version of Flink, for which it is given its newest one.
 */
final class Operator {
  private static final StructuralSchema DEPLOYMENT = schema("flinkdeployments");
  private static final StructuralSchema SNAPSHOT = schema("flinkstatesnapshots");

  private Operator() {}

  private static StructuralSchema schema(String plural) {
    return StructuralSchema.of(
        Yaml.resource("/META-INF/fabric8/%s.flink.apache.org-v1.yml".formatted(plural)));
  }

  /** Whether this artifact knows a version, written as {@code v2_2}. */
  static boolean knows(String flinkVersion) {
    return Arrays.stream(FlinkVersion.values()).anyMatch(v -> v.name().equals(flinkVersion));
  }

  /** What the API server would find wrong with a FlinkDeployment. */
  static List<String> violations(JsonNode deployment) {
    return DEPLOYMENT.violations(inKnownVersion(deployment));
  }

  /** What the API server would find wrong with a FlinkStateSnapshot. */
  static List<String> snapshotViolations(JsonNode snapshot) {
    return SNAPSHOT.violations(snapshot);
  }

  static FlinkDeployment deployment(JsonNode deployment) throws JsonProcessingException {
    return StrictModel.read(inKnownVersion(deployment), FlinkDeployment.class);
  }

  /** Where each pod has its first volume. */
  static String mountedAt(FlinkDeploymentSpec spec) {
    return spec.getPodTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getVolumeMounts()
        .get(0)
        .getMountPath();
  }

  static FlinkStateSnapshot snapshot(JsonNode snapshot) throws JsonProcessingException {
    return StrictModel.read(snapshot, FlinkStateSnapshot.class);
  }

  private static JsonNode inKnownVersion(JsonNode deployment) {
    if (knows(deployment.at("/spec/flinkVersion").asText())) {
      return deployment;
    }
    FlinkVersion[] versions = FlinkVersion.values();
    ObjectNode copy = deployment.deepCopy();
    copy.withObject("/spec").put("flinkVersion", versions[versions.length - 1].name());
    return copy;
  }
}
