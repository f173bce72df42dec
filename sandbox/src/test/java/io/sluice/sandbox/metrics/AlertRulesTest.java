package io.sluice.sandbox.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What promtool does not check: names that other files have to have, too. */
class AlertRulesTest {
  private static final Path RUNBOOK = AlertRules.REPOSITORY.resolve("docs/operations/alerts.md");
  private static final Path REFERENCE = AlertRules.REPOSITORY.resolve("docs/reference.md");
  private static final Pattern OURS =
      Pattern.compile("flink_taskmanager_job_task_operator_sluice_([a-zA-Z]+)");
  private static final Pattern REGISTERED =
      Pattern.compile("(?m)^\\| `([a-zA-Z]+)` \\| (?:counter|gauge|histogram) \\|");

  @Test
  void everyAlertHasASeverityASummaryADescriptionAndItsOwnSectionOfTheRunbook() throws Exception {
    assertThat(AlertRules.all())
        .hasSizeGreaterThan(15)
        .allSatisfy(
            alert -> {
              JsonNode annotations = alert.path("annotations");
              assertThat(alert.path("labels").path("severity").asText())
                  .isIn("warning", "critical");
              assertThat(annotations.path("summary").asText()).isNotBlank();
              assertThat(annotations.path("description").asText()).endsWith(".");
              assertThat(annotations.path("runbook").asText())
                  .isEqualTo(
                      "docs/operations/alerts.md#"
                          + AlertRules.section(alert.path("alert").asText()));
            });
  }

  @Test
  void everyAlertIsAHeadingOfTheRunbook() throws Exception {
    Set<String> headings =
        Files.readAllLines(RUNBOOK).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).strip())
            .collect(Collectors.toSet());

    assertThat(headings).containsAll(AlertRules.names());
  }

  @Test
  void everyAlertIsInTheListOfTheReadme() throws Exception {
    assertThat(Files.readString(AlertRules.FOLDER.resolve("README.md")))
        .contains(AlertRules.names().stream().map(alert -> "| `" + alert + "` | ").toList());
  }

  @Test
  void everyAlertHasAUnitTestThatFiresAndOneThatDoesNot() throws Exception {
    String tests = Files.readString(AlertRules.FOLDER.resolve("alerts.test.yml"));

    assertThat(AlertRules.names())
        .allSatisfy(
            alert -> {
              assertThat(tests)
                  .containsPattern(
                      "alertname: " + alert + "\\s+eval_time: \\w+\\s+exp_alerts: \\[]");
              assertThat(tests)
                  .containsPattern(
                      "alertname: "
                          + alert
                          + "\\s+eval_time: \\w+\\s+exp_alerts:(?: [&*]\\w+)?\\s+-");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prometheus/alerts.yml",
        "prometheus/recording.yml",
        "grafana/dashboards/pipeline.json"
      })
  void everyMetricOfOursThatIsReadIsOneThatTheJobHas(String file) throws Exception {
    Set<String> read =
        matches(OURS, Files.readString(AlertRules.REPOSITORY.resolve("monitoring").resolve(file)));

    assertThat(read).isNotEmpty();
    // ReferenceTest compares the tables of this page with what is registered.
    assertThat(matches(REGISTERED, Files.readString(REFERENCE))).containsAll(read);
  }

  private static Set<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
  }
}
