package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobKind;
import org.junit.jupiter.api.Test;

/** The manifests are read by the classes of their kinds, and name each other rightly. */
class NamesTest {
  private final Overlay base = Overlay.of(Repository.BASE);

  private FlinkDeploymentSpec spec() throws Exception {
    return Operator.deployment(base.object("FlinkDeployment")).getSpec();
  }

  private static int port(FlinkDeploymentSpec spec, String name) {
    return spec.getPodTemplate().getSpec().getContainers().get(0).getPorts().stream()
        .filter(port -> port.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getContainerPort();
  }

  @Test
  void flinkRunsAsTheAccountThatIsAllowedTo() throws Exception {
    String account =
        StrictModel.read(base.object("ServiceAccount"), ServiceAccount.class)
            .getMetadata()
            .getName();
    Role role = StrictModel.read(base.object("Role"), Role.class);
    RoleBinding binding = StrictModel.read(base.object("RoleBinding"), RoleBinding.class);
    assertThat(spec().getServiceAccount()).isEqualTo(account);
    assertThat(binding.getSubjects()).extracting("name").containsExactly(account);
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(role.getRules())
        .anySatisfy(rule -> assertThat(rule.getResources()).contains("pods", "configmaps"));
  }

  @Test
  void prometheusFindsThePodsAndTheirPort() throws Exception {
    PodMonitor monitor = StrictModel.read(base.object("PodMonitor"), PodMonitor.class);
    // Flink labels its pods with app=<name of the FlinkDeployment>.
    assertThat(monitor.getSpec().getSelector().getMatchLabels())
        .containsEntry("app", base.object("FlinkDeployment").at("/metadata/name").asText());
    assertThat(monitor.getSpec().getPodMetricsEndpoints())
        .singleElement()
        .satisfies(
            endpoint ->
                assertThat(port(spec(), endpoint.getPort()))
                    .hasToString(spec().getFlinkConfiguration().get("metrics.reporter.prom.port")));
    // Alerts and dashboards know the scrape job by this name.
    assertThat(monitor.getSpec().getPodMetricsEndpoints().get(0).getRelabelings())
        .anySatisfy(
            rule -> {
              assertThat(rule.getTargetLabel()).isEqualTo("job");
              assertThat(rule.getReplacement()).isEqualTo("flink");
            });
  }

  @Test
  void theJobManagerFindsItsSettingsAndSecrets() throws Exception {
    List<EnvFromSource> sources =
        spec().getJobManager().getPodTemplate().getSpec().getContainers().get(0).getEnvFrom();
    assertThat(sources.stream().map(EnvFromSource::getConfigMapRef).filter(Objects::nonNull))
        .extracting("name")
        .containsExactlyElementsOf(base.settings().keySet());
    assertThat(secrets().map(secret -> secret.getMetadata().getName()))
        .containsAll(
            sources.stream()
                .map(EnvFromSource::getSecretRef)
                .filter(Objects::nonNull)
                .map(reference -> reference.getName())
                .toList());
  }

  @Test
  void theKafkaClientsFindTheirProperties() throws Exception {
    JsonNode deployment =
        Overlay.of(Repository.BASE)
            .with(Repository.COMPONENTS.resolve("kafka-client"))
            .object("FlinkDeployment");
    FlinkDeploymentSpec spec = Operator.deployment(deployment).getSpec();
    Secret secret =
        secrets()
            .filter(s -> s.getMetadata().getName().equals("sluice-kafka-client"))
            .findFirst()
            .orElseThrow();
    assertThat(spec.getPodTemplate().getSpec().getVolumes())
        .singleElement()
        .satisfies(
            volume ->
                assertThat(volume.getSecret().getSecretName())
                    .isEqualTo(secret.getMetadata().getName()));
    String folder = Operator.mountedAt(spec);
    assertThat(spec.getJob().getArgs()).hasSize(2).startsWith("--config");
    String file = spec.getJob().getArgs()[1];
    assertThat(file).startsWith(folder + "/");
    assertThat(secret.getStringData()).containsKey(file.substring(folder.length() + 1));
  }

  @Test
  void onlyTheirPortsAreOpenToOthers() throws Exception {
    NetworkPolicy policy =
        StrictModel.read(
            Yaml.document(Repository.COMPONENTS.resolve("network-policy/network-policy.yaml")),
            NetworkPolicy.class);
    assertThat(policy.getSpec().getPodSelector().getMatchLabels()).containsEntry("app", "sluice");
    assertThat(policy.getSpec().getIngress())
        .flatExtracting(rule -> rule.getPorts())
        .extracting(open -> open.getPort().getIntVal())
        .containsExactly(8081, port(spec(), "metrics"));
  }

  @Test
  void aSavepointIsOfThisDeployment() throws Exception {
    JsonNode snapshot = Yaml.document(Repository.KUBERNETES.resolve("savepoint.yaml"));
    assertThat(Operator.snapshotViolations(snapshot)).isEmpty();
    var spec = Operator.snapshot(snapshot).getSpec();
    assertThat(spec.getJobReference().getKind()).isEqualTo(JobKind.FLINK_DEPLOYMENT);
    assertThat(spec.getJobReference().getName())
        .isEqualTo(base.object("FlinkDeployment").at("/metadata/name").asText());
    assertThat(spec.getSavepoint().getDisposeOnDelete()).isFalse();
  }

  private static Stream<Secret> secrets() throws Exception {
    List<Secret> secrets = new ArrayList<>();
    for (JsonNode document :
        Yaml.documents(Repository.KUBERNETES.resolve("secrets.example.yaml"))) {
      secrets.add(StrictModel.read(document, Secret.class));
    }
    return secrets.stream();
  }
}
