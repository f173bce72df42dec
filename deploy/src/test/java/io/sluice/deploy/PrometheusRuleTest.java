package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code deploy/kubernetes/prometheus-rule} prints. */
class PrometheusRuleTest {
  private static JsonNode printed(String... labels) throws IOException {
    List<String> command = new ArrayList<>(List.of(labels));
    command.add(0, Repository.KUBERNETES.resolve("prometheus-rule").toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Yaml.parse(yaml).get(0);
  }

  @Test
  void hasAllGroupsOfTheRuleFiles() throws Exception {
    List<JsonNode> expected = new ArrayList<>();
    for (String name : List.of("recording.yml", "alerts.yml")) {
      Path file = Repository.ROOT.resolve("monitoring/prometheus").resolve(name);
      if (Files.exists(file)) {
        Yaml.document(file).path("groups").forEach(expected::add);
      }
    }
    assertThat(printed().at("/spec/groups")).containsExactlyElementsOf(expected).isNotEmpty();
  }

  @Test
  void isAPrometheusRuleWithTheLabelsAskedFor() throws Exception {
    PrometheusRule rule = StrictModel.read(printed("release=monitoring"), PrometheusRule.class);
    assertThat(rule.getKind()).isEqualTo("PrometheusRule");
    assertThat(rule.getMetadata().getLabels()).containsEntry("release", "monitoring").hasSize(1);
    assertThat(rule.getSpec().getGroups()).extracting(RuleGroup::getName).doesNotHaveDuplicates();
  }
}
