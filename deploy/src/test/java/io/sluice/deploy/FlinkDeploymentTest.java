package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.sluice.httplog.HttpLogJob;
import java.util.List;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.KubernetesDeploymentMode;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.junit.jupiter.api.Test;

/** The FlinkDeployment against the operator's own API, and what the promise needs of it. */
class FlinkDeploymentTest {
  private final JsonNode manifest = Repository.flinkDeployment();

  private FlinkDeploymentSpec spec() throws Exception {
    return Operator.deployment(manifest).getSpec();
  }

  private static Container container(PodTemplateSpec template) {
    List<Container> containers = template.getSpec().getContainers();
    assertThat(containers).hasSize(1);
    assertThat(containers.get(0).getName()).isEqualTo("flink-main-container");
    return containers.get(0);
  }

  @Test
  void fitsTheSchemaThatTheOperatorInstalls() {
    assertThat(Operator.violations(manifest)).isEmpty();
  }

  @Test
  void isReadWholeByTheOperatorsClasses() throws Exception {
    assertThat(Operator.deployment(manifest).getMetadata().getName()).isEqualTo("sluice");
  }

  @Test
  void isForTheFlinkThatTheJobIsBuiltWith() {
    String[] version = Repository.property("flink.version").split("\\.", -1);
    assertThat(manifest.at("/spec/flinkVersion").asText())
        .isEqualTo("v%s_%s".formatted(version[0], version[1]));
  }

  @Test
  void keepsItsStateOverEachChange() throws Exception {
    assertThat(spec().getJob().getUpgradeMode()).isEqualTo(UpgradeMode.SAVEPOINT);
    assertThat(spec().getJob().getAllowNonRestoredState()).isFalse();
    assertThat(spec().getJob().getState()).isEqualTo(JobState.RUNNING);
    assertThat(spec().getFlinkConfiguration())
        .doesNotContainEntry("kubernetes.operator.job.upgrade.last-state-fallback.enabled", "false")
        .containsEntry("kubernetes.operator.deployment.rollback.enabled", "false")
        .containsEntry("kubernetes.operator.savepoint.dispose-on-delete", "false");
  }

  @Test
  void findsItsJobAgainAfterALostJobManager() throws Exception {
    assertThat(spec().getFlinkConfiguration())
        .containsEntry("high-availability.type", "kubernetes");
    for (String directory :
        List.of(
            "high-availability.storageDir",
            "execution.checkpointing.dir",
            "execution.checkpointing.savepoint-dir")) {
      assertThat(spec().getFlinkConfiguration().get(directory)).as(directory).startsWith("s3://");
    }
  }

  @Test
  void startsTheJobOfTheImage() throws Exception {
    assertThat(spec().getJob().getJarURI()).isEqualTo("local:///opt/flink/usrlib/job.jar");
    assertThat(spec().getJob().getEntryClass()).isEqualTo(HttpLogJob.class.getName());
    assertThat(spec().getMode()).isEqualTo(KubernetesDeploymentMode.NATIVE);
    assertThat(spec().getImage()).as("the overlay gives the tag").doesNotContain(":");
  }

  @Test
  void loadsTheS3PluginOfItsFlink() throws Exception {
    assertThat(container(spec().getPodTemplate()).getEnv())
        .filteredOn(variable -> variable.getName().equals("ENABLE_BUILT_IN_PLUGINS"))
        .singleElement()
        .extracting(variable -> variable.getValue())
        .isEqualTo("flink-s3-fs-presto-%s.jar".formatted(Repository.property("flink.version")));
  }

  @Test
  void runsAsNobodySpecial() throws Exception {
    PodSpec pod = spec().getPodTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(9999);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    Container container = container(spec().getPodTemplate());
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void keepsTheCredentialsOfClickHouseFromTaskManagers() throws Exception {
    assertThat(container(spec().getTaskManager().getPodTemplate()).getEnvFrom())
        .extracting(source -> source.getSecretRef().getName())
        .containsExactly("sluice-s3");
    assertThat(container(spec().getPodTemplate()).getEnvFrom()).isEmpty();
  }

  /** The operator merges lists of two templates by position, which mixes their entries. */
  @Test
  void hasNoListInTwoTemplatesThatAreMerged() throws Exception {
    Container common = container(spec().getPodTemplate());
    for (PodTemplateSpec role :
        List.of(
            spec().getJobManager().getPodTemplate(), spec().getTaskManager().getPodTemplate())) {
      Container container = container(role);
      assertThat(container.getEnv()).isEmpty();
      assertThat(container.getPorts()).isEmpty();
      assertThat(container.getVolumeMounts()).isEmpty();
      assertThat(role.getSpec().getVolumes()).isEmpty();
      assertThat(container.getEnvFrom()).isNotEmpty();
    }
    assertThat(common.getEnvFrom()).isEmpty();
  }
}
