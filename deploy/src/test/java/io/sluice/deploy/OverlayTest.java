package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The components and the example make objects that are as right as those of the base. */
class OverlayTest {
  private static Overlay baseWith(String... components) {
    Overlay overlay = Overlay.of(Repository.BASE);
    for (String component : components) {
      overlay.with(Repository.COMPONENTS.resolve(component));
    }
    return overlay;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state-on-volume",
        "kafka-client",
        "network-policy",
        "state-on-volume kafka-client network-policy"
      })
  void componentsLeaveARightDeployment(String components) throws Exception {
    JsonNode deployment = baseWith(components.split(" ", -1)).object("FlinkDeployment");
    assertThat(Operator.violations(deployment)).isEmpty();
    assertThat(Operator.deployment(deployment).getSpec().getJob()).isNotNull();
  }

  @Test
  void stateOnAVolumeIsAllOnTheVolumeThatEachPodMounts() throws Exception {
    Overlay overlay = baseWith("state-on-volume");
    FlinkDeploymentSpec spec = Operator.deployment(overlay.object("FlinkDeployment")).getSpec();
    PersistentVolumeClaim claim =
        StrictModel.read(overlay.object("PersistentVolumeClaim"), PersistentVolumeClaim.class);
    assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
    assertThat(spec.getPodTemplate().getSpec().getVolumes())
        .singleElement()
        .satisfies(
            volume ->
                assertThat(volume.getPersistentVolumeClaim().getClaimName())
                    .isEqualTo(claim.getMetadata().getName()));
    String folder = Operator.mountedAt(spec);
    assertThat(spec.getFlinkConfiguration().values())
        .noneMatch(value -> value.startsWith("s3://"))
        .filteredOn(value -> value.startsWith("file:"))
        .hasSize(3)
        .allMatch(value -> value.startsWith("file://" + folder + "/"));
  }

  @Test
  void theExampleIsRight() throws Exception {
    Overlay example = Overlay.of(Repository.KUBERNETES.resolve("example"));
    JsonNode deployment = example.object("FlinkDeployment");
    assertThat(Operator.violations(deployment)).isEmpty();
    FlinkDeploymentSpec spec = Operator.deployment(deployment).getSpec();
    assertThat(spec.getImage()).isEqualTo("registry.example.com/sluice:0.1.0");
    assertThat(spec.getFlinkConfiguration().values())
        .filteredOn(value -> value.startsWith("s3://"))
        .hasSize(3)
        .allMatch(value -> value.startsWith("s3://example-bucket/"));
  }

  /** A file that no kustomization names is applied by nobody. */
  @Test
  void eachFileIsUsed() throws Exception {
    List<Path> unused = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Repository.KUBERNETES)) {
      for (Path kustomization : files.filter(f -> f.endsWith("kustomization.yaml")).toList()) {
        String text = Files.readString(kustomization);
        try (Stream<Path> beside = Files.list(kustomization.getParent())) {
          beside
              .filter(f -> !f.equals(kustomization) && !text.contains(f.getFileName().toString()))
              .forEach(unused::add);
        }
      }
    }
    assertThat(unused).isEmpty();
  }

  @Test
  void asManyLanesAsParallelTasks() {
    for (Overlay overlay :
        Arrays.asList(
            Overlay.of(Repository.BASE), Overlay.of(Repository.KUBERNETES.resolve("example")))) {
      Map<String, String> settings = overlay.settings().get("sluice-settings");
      assertThat(overlay.object("FlinkDeployment").at("/spec/job/parallelism").asInt())
          .isEqualTo(settings.get("SLUICE_CLICKHOUSE_ENDPOINTS").split(",", -1).length);
    }
  }
}
