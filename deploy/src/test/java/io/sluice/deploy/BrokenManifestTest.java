package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a wrong manifest is found: the mistakes that one makes, one by one, in a right one. */
class BrokenManifestTest {
  private static JsonNode broken(String parent, String field, String valueInJson) {
    ObjectNode manifest = Repository.flinkDeployment().deepCopy();
    ObjectNode target = (ObjectNode) manifest.at(parent);
    target.set(field, Yaml.parse(valueInJson).get(0));
    return manifest;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/spec | flinkConfig | {} | /spec/flinkConfig: there is no such field",
        "/spec/job | upgradeMode | savepoints | /spec/job/upgradeMode: \"savepoints\" is not one of",
        "/spec/job | parallelism | '\"2\"' | /spec/job/parallelism: \"2\" is not of type integer",
        "/spec/job | args | --config | /spec/job/args: \"--config\" is not of type array",
        "/spec/flinkConfiguration | heartbeat.timeout | 10 |"
            + " /spec/flinkConfiguration/heartbeat.timeout: 10 is not of type string",
        "/spec/podTemplate/spec | securityContexts | {} |"
            + " /spec/podTemplate/spec/securityContexts: there is no such field",
        "/spec/podTemplate/spec/containers/0/ports/0 | containerPorts | 1 |"
            + " /spec/podTemplate/spec/containers/0/ports/0/containerPorts: there is no such field",
      })
  void isFoundByTheSchema(String parent, String field, String value, String violation) {
    assertThat(Operator.violations(broken(parent, field, value)))
        .singleElement()
        .asString()
        .startsWith(violation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/spec | flinkConfig | {} | flinkConfig",
        "/spec/job | upgradeMode | savepoints | savepoints",
        "/spec/job | jarUri | local:///job.jar | jarUri",
        "/spec/podTemplate/spec | securityContexts | {} | securityContexts",
        "/spec/jobManager/podTemplate/spec/containers/0 | livenesProbe | {} | livenesProbe",
      })
  void isFoundByTheClasses(String parent, String field, String value, String message) {
    assertThatThrownBy(() -> Operator.deployment(broken(parent, field, value)))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void isFoundInAPodMonitor() {
    ObjectNode monitor = Yaml.document(Repository.BASE.resolve("pod-monitor.yaml")).deepCopy();
    monitor.withObject("/spec").putArray("podMetricsEndpoint");
    assertThatThrownBy(() -> StrictModel.read(monitor, PodMonitor.class))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("podMetricsEndpoint");
  }
}
