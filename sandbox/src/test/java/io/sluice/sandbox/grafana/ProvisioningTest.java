package io.sluice.sandbox.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What Grafana reads from {@code monitoring/grafana} when it starts. */
class ProvisioningTest {
  private static final Path PROVISIONING = Dashboard.GRAFANA.resolve("provisioning");

  @Test
  void theDataSourceIsClickHouseOverHttpWithTheDatabaseOfTheTables() throws IOException {
    JsonNode source = dataSource();

    assertThat(source.path("type").asText()).isEqualTo("grafana-clickhouse-datasource");
    assertThat(source.path("jsonData").path("protocol").asText()).isEqualTo("http");
    assertThat(source.path("jsonData").path("defaultDatabase").asText()).isEqualTo("logs");
  }

  @Test
  void everyEnvironmentVariableOfTheDataSourceHasADefault() throws IOException {
    Set<String> defaults =
        Files.readAllLines(Dashboard.GRAFANA.resolve("grafana.env")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("=", 2)[0])
            .collect(Collectors.toSet());
    Set<String> used =
        Pattern.compile("\\$\\{(\\w+)}")
            .matcher(Files.readString(PROVISIONING.resolve("datasources/clickhouse.yaml")))
            .results()
            .map(variable -> variable.group(1))
            .collect(Collectors.toSet());

    assertThat(used).contains("CLICKHOUSE_HOST", "CLICKHOUSE_PORT").isSubsetOf(defaults);
  }

  @Test
  void theProviderReadsDashboardsFromWhereTheReadmeMountsThem() throws IOException {
    String path =
        yaml("dashboards/sluice.yaml")
            .path("providers")
            .path(0)
            .path("options")
            .path("path")
            .asText();

    assertThat(Files.readString(Dashboard.GRAFANA.resolve("README.md")))
        .contains("dashboards:" + path);
  }

  @Test
  void everyPanelQueryAndVariableReadsTheProvisionedDataSource() throws IOException {
    String uid = dataSource().path("uid").asText();
    Dashboard dashboard = Dashboard.httpTraffic();

    assertThat(uid).isNotEmpty();
    assertThat(dashboard.json().findParents("datasource"))
        .hasSize(2 * dashboard.panels().size() + dashboard.variables().size())
        .allSatisfy(
            user -> {
              assertThat(user.path("datasource").path("uid").asText()).isEqualTo(uid);
              assertThat(user.path("datasource").path("type").asText())
                  .isEqualTo(dataSource().path("type").asText());
            });
  }

  @Test
  void everyPanelHasATitleADescriptionAUnitAndOneQuery() throws IOException {
    assertThat(Dashboard.httpTraffic().panels())
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.path("description").asText()).contains("http_log");
              assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                  .isNotBlank();
              assertThat(panel.path("targets")).hasSize(1);
              assertThat(Dashboard.sqlOf(panel)).isNotBlank();
            });
  }

  @Test
  void panelsHaveIdsOfTheirOwnAndDoNotOverlap() throws IOException {
    var panels = Dashboard.elements(Dashboard.httpTraffic().json().path("panels"));

    assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels.stream().flatMap(panel -> GridCell.coveredBy(panel.path("gridPos"))).toList())
        .doesNotHaveDuplicates()
        .allSatisfy(cell -> assertThat(cell.x()).isBetween(0, 23));
  }

  @Test
  void everyVariableStartsWithAllAndTakesSeveralValues() throws IOException {
    Dashboard dashboard = Dashboard.httpTraffic();

    assertThat(dashboard.variables())
        .extracting(variable -> variable.path("name").asText())
        .containsExactly("resource", "status", "cache_status", "network");
    assertThat(dashboard.variables())
        .allSatisfy(
            variable -> {
              assertThat(variable.path("current").path("value").path(0).asText())
                  .isEqualTo("$__all");
              assertThat(variable.path("multi").asBoolean()).isTrue();
              assertThat(variable.path("includeAll").asBoolean()).isTrue();
            });
  }

  private static JsonNode dataSource() throws IOException {
    return yaml("datasources/clickhouse.yaml").path("datasources").path(0);
  }

  private static JsonNode yaml(String file) throws IOException {
    Object document = new Yaml().load(Files.readString(PROVISIONING.resolve(file)));
    return new ObjectMapper().valueToTree(document);
  }
}
