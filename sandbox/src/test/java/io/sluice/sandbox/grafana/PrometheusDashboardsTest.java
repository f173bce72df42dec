package io.sluice.sandbox.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.sandbox.metrics.AlertRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The dashboards that read Prometheus, as files. */
class PrometheusDashboardsTest {
  /** Of a job, by its name now and not over a time, without a look at when it was scraped. */
  private static final Pattern LASTING_GAUGE =
      Pattern.compile(
          "(?<!timestamp\\()(\\bflink_\\w+\\{[^}]*})(?!\\[)(?: > 0)?+"
              + "(?! and time\\(\\) - timestamp\\(\\1\\) < 60)");

  private static final Path SOURCE =
      Dashboard.GRAFANA.resolve("provisioning/datasources/prometheus.yaml");

  @Test
  void theDataSourceIsPrometheusWhereTheEnvironmentSays() throws Exception {
    JsonNode source = dataSource();

    assertThat(source.path("type").asText()).isEqualTo("prometheus");
    assertThat(source.path("url").asText()).isEqualTo("${PROMETHEUS_URL}");
    assertThat(Files.readAllLines(Dashboard.GRAFANA.resolve("grafana.env")))
        .contains("PROMETHEUS_URL=http://prometheus:9090");
  }

  @Test
  void onlyOneDataSourceIsTheDefault() throws Exception {
    JsonNode clickhouse =
        yaml(SOURCE.resolveSibling("clickhouse.yaml")).path("datasources").path(0);

    assertThat(dataSource().path("isDefault").asBoolean())
        .isNotEqualTo(clickhouse.path("isDefault").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline", "kafka"})
  void everyPanelHasATitleADescriptionAUnitAndNamedQueries(String name) throws Exception {
    assertThat(Dashboard.read(name).panels())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.path("description").asText())
                  .as(panel.path("title").asText())
                  .endsWith(".")
                  .hasSizeGreaterThan(30);
              assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                  .isNotBlank();
              assertThat(panel.path("targets")).isNotEmpty();
              assertThat(panel.path("targets").findValuesAsText("refId")).doesNotHaveDuplicates();
              assertThat(panel.path("targets"))
                  .allMatch(
                      target ->
                          target.path("format").asText().equals("table")
                              || !target.path("legendFormat").asText().isBlank());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline", "kafka"})
  void everyPanelQueryAndVariableReadsTheProvisionedDataSource(String name) throws Exception {
    Dashboard dashboard = Dashboard.read(name);
    String uid = dataSource().path("uid").asText();

    assertThat(uid).isNotEmpty();
    assertThat(dashboard.json().findValues("datasource"))
        .hasSizeGreaterThan(2 * dashboard.panels().size() + dashboard.variables().size())
        .allSatisfy(
            source -> {
              assertThat(source.path("uid").asText()).isEqualTo(uid);
              assertThat(source.path("type").asText()).isEqualTo("prometheus");
            });
    assertThat(dashboard.panels()).allMatch(panel -> panel.has("datasource"));
    assertThat(dashboard.variables()).allMatch(variable -> variable.has("datasource"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline", "kafka"})
  void panelsHaveIdsOfTheirOwnAndDoNotOverlap(String name) throws Exception {
    var panels = Dashboard.elements(Dashboard.read(name).json().path("panels"));

    assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels.stream().flatMap(panel -> GridCell.coveredBy(panel.path("gridPos"))).toList())
        .doesNotHaveDuplicates()
        .allSatisfy(cell -> assertThat(cell.x()).isBetween(0, 23));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline", "kafka"})
  void everyVariableThatIsUsedIsThereAndStartsWithAll(String name) throws Exception {
    Dashboard dashboard = Dashboard.read(name);

    assertThat(dashboard.variables())
        .allSatisfy(
            variable -> {
              assertThat(variable.path("current").path("value").path(0).asText())
                  .isEqualTo("$__all");
              assertThat(variable.path("allValue").asText()).isEqualTo(".*");
            });
    assertThat(dashboard.variables())
        .extracting(variable -> variable.path("name").asText())
        .containsExactlyInAnyOrderElementsOf(
            matches("\\$(\\w*[a-z]\\w*)", dashboard.json().toString()).stream()
                .filter(variable -> !variable.equals("__all"))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline", "kafka"})
  void descriptionsNameSectionsOfTheRunbookThatAlertsHave(String name) throws Exception {
    Set<String> sections =
        matches("docs/operations/alerts\\.md#(\\w+)", Dashboard.read(name).json().toString());

    assertThat(sections).isNotEmpty();
    assertThat(AlertRules.names().stream().map(AlertRules::section)).containsAll(sections);
  }

  @Test
  void thePipelineShowsEveryAlertOfTheJobSomewhere() throws Exception {
    assertThat(
            matches(
                "docs/operations/alerts\\.md#(\\w+)", Dashboard.read("pipeline").json().toString()))
        .containsAll(
            AlertRules.names().stream()
                .filter(alert -> !alert.equals("SluiceTargetDown"))
                .map(AlertRules::section)
                .toList());
  }

  /** Prometheus may find the last value of what is gone for five minutes more. */
  @Test
  void everyGaugeOfAJobIsLeftOutOnceItWasNotScrapedForAMinute() throws Exception {
    List<String> queries = Dashboard.read("pipeline").json().findValuesAsText("expr");

    assertThat(queries).filteredOn(query -> query.contains("< 60")).hasSizeGreaterThan(30);
    assertThat(queries).noneMatch(query -> LASTING_GAUGE.matcher(query).find());
  }

  @Test
  void titlesAreThoseOfTheReadme() throws Exception {
    String readme = Files.readString(Dashboard.GRAFANA.resolve("README.md"));

    for (Map.Entry<String, String> title :
        Map.of("pipeline", "Pipeline", "kafka", "Kafka").entrySet()) {
      Dashboard dashboard = Dashboard.read(title.getKey());
      assertThat(dashboard.title()).isEqualTo(title.getValue());
      assertThat(dashboard.json().path("tags").path(0).asText()).isEqualTo("sluice");
      assertThat(readme).contains("## " + title.getValue());
    }
    assertThat(List.of("pipeline", "kafka", "http-traffic"))
        .extracting(file -> Dashboard.read(file).json().path("uid").asText())
        .doesNotHaveDuplicates();
  }

  private static Set<String> matches(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static JsonNode dataSource() throws Exception {
    return yaml(SOURCE).path("datasources").path(0);
  }

  private static JsonNode yaml(Path file) throws Exception {
    return new ObjectMapper().valueToTree(new Yaml().<Object>load(Files.readString(file)));
  }
}
