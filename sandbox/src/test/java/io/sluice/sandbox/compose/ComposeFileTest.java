package io.sluice.sandbox.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.capacity.ProxyRate;
import io.sluice.sandbox.flink.FlinkConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be known about {@code docker-compose.yml} without Docker. */
class ComposeFileTest {
  private static final long MACHINE_MEBIBYTES = 8 * 1_024;

  /** They do one thing and end. */
  private static final Set<String> ONE_SHOT = Set.of("kafka-topics", "savepoints-folder");

  /** Images of the Dockerfiles here. */
  /** The job does not read them. */
  private static final Set<String> OF_THE_ENTRYPOINT =
      Set.of("SLUICE_RESTORE_FROM", "SLUICE_KEEP_JOBS");

  private static final Pattern BUILT_HERE = Pattern.compile("sluice(-log-producer)?:local");

  private static final Pattern PINNED =
      Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+\\.\\d+[\\w.-]*");

  private ComposeFile compose;

  @BeforeEach
  void read() throws IOException {
    compose = ComposeFile.read();
  }

  @Test
  void everyImageIsPinnedToARelease() throws IOException {
    assertThat(compose.services())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            (name, service) ->
                assertThat(service.path("image").asText())
                    .as(name)
                    .matches(service.has("build") ? BUILT_HERE : PINNED));
    for (String dockerfile :
        List.of(
            "Dockerfile",
            "deploy/compose/log-producer/Dockerfile",
            "deploy/compose/chdb/Dockerfile")) {
      assertThat(Files.readAllLines(ComposeFile.ROOT.resolve(dockerfile)))
          .filteredOn(line -> line.startsWith("FROM"))
          .singleElement()
          .asString()
          .matches("FROM " + PINNED);
    }
  }

  @Test
  void everyServiceHasAHealthcheckOrEnds() {
    assertThat(compose.services())
        .allSatisfy(
            (name, service) -> {
              boolean ends = ONE_SHOT.contains(name);
              assertThat(service.has("healthcheck")).as(name).isNotEqualTo(ends);
              assertThat(service.path("restart").asText().equals("no")).as(name).isEqualTo(ends);
            });
  }

  /** Kafka keeps a message for a minute; the check is that of HealthcheckTest. */
  @Test
  void theLogProducerWaitsUntilTheJobsTasksRun() {
    JsonNode check = compose.service("jobmanager").path("healthcheck");

    assertThat(ComposeFile.texts(check.path("test")))
        .containsExactly("CMD", "/opt/sluice/healthcheck.sh", "jobmanager");
    assertThat(check.path("start_period").asText()).isEqualTo("90s");
    assertThat(
            compose
                .service("log-producer")
                .path("depends_on")
                .path("jobmanager")
                .path("condition")
                .asText())
        .isEqualTo("service_healthy");
  }

  @Test
  void aJobThatWasStoppedOnPurposeIsNotStartedAgain() {
    assertThat(compose.service("jobmanager").path("restart").asText()).isEqualTo("on-failure");
  }

  @Test
  void theMemoryLimitsFitAMachineOfEightGibibytes() {
    assertThat(compose.services())
        .allSatisfy((name, service) -> assertThat(service.has("mem_limit")).as(name).isTrue());
    assertThat(
            compose.services().values().stream()
                .mapToLong(s -> ComposeFile.mebibytes(s.path("mem_limit").asText()))
                .sum())
        .isLessThanOrEqualTo(MACHINE_MEBIBYTES);
  }

  @Test
  void flinksProcessesFitTheirContainers() throws IOException {
    FlinkConfiguration flink =
        new FlinkConfiguration(
            Files.readAllLines(ComposeFile.ROOT.resolve("flink-conf/config.yaml")));
    for (String process : List.of("jobmanager", "taskmanager")) {
      String size = flink.get(process + ".memory.process.size").orElseThrow();
      assertThat(ComposeFile.mebibytes(compose.service(process).path("mem_limit").asText()))
          .as(process)
          .isGreaterThanOrEqualTo(ComposeFile.mebibytes(size) + 256);
    }
  }

  @Test
  void whatIsMountedFromTheRepositoryIsThereOrIsBuilt() {
    assertThat(compose.hostMounts())
        .isNotEmpty()
        .allSatisfy(
            mount -> {
              String path = mount.split(":", 2)[0];
              assertThat(path.contains("/target/") || Files.exists(ComposeFile.ROOT.resolve(path)))
                  .as(mount)
                  .isTrue();
              assertThat(mount.endsWith(":ro") || path.equals("./savepoints")).as(mount).isTrue();
            });
  }

  @Test
  void portsAreOpenToThisMachineOnly() {
    List<String> ports =
        compose.services().values().stream()
            .flatMap(service -> ComposeFile.texts(service.path("ports")).stream())
            .toList();

    assertThat(ports).allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(ports).contains("127.0.0.1:8124:8124", "127.0.0.1:4000:8080", "127.0.0.1:3000:3000");
  }

  @Test
  void everyDependencyHasAConditionThatItsServiceCanMeet() {
    compose
        .services()
        .forEach(
            (name, service) ->
                service
                    .path("depends_on")
                    .properties()
                    .forEach(
                        dependency ->
                            assertThat(dependency.getValue().path("condition").asText())
                                .as(name + " on " + dependency.getKey())
                                .matches(
                                    ONE_SHOT.contains(dependency.getKey())
                                        ? "service_completed_successfully"
                                        : "service_healthy|service_started")));
    assertThat(compose.services().keySet())
        .containsAll(
            compose.services().values().stream()
                .flatMap(service -> names(service.path("depends_on")).stream())
                .toList());
  }

  @Test
  void onlyTheFolderOfSavepointsIsPreparedByRoot() {
    assertThat(
            compose.services().entrySet().stream()
                .filter(service -> service.getValue().path("user").asText().startsWith("root"))
                .map(Map.Entry::getKey))
        .containsExactly("savepoints-folder");
    assertThat(compose.services().values())
        .allSatisfy(
            service ->
                assertThat(ComposeFile.texts(service.path("security_opt")))
                    .contains("no-new-privileges:true"));
  }

  @Test
  void dataIsOnNamedVolumesThatAreDeclared() {
    Set<String> used =
        compose.services().values().stream()
            .flatMap(service -> ComposeFile.texts(service.path("volumes")).stream())
            .filter(mount -> !mount.startsWith("."))
            .map(mount -> mount.split(":", 2)[0])
            .collect(Collectors.toSet());

    assertThat(names(compose.json().path("volumes"))).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void theJobsEnvironmentIsOfSettingsThatTheJobKnows() throws IOException {
    String settings =
        Files.readString(
            ComposeFile.ROOT.resolve("job/src/main/java/io/sluice/httplog/HttpLogSetting.java"));
    Set<String> known =
        Pattern.compile("\\b[A-Z_]+\\(\\s*\"([a-z.-]+)\"")
            .matcher(settings)
            .results()
            .map(
                match ->
                    "SLUICE_" + match.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
            .collect(Collectors.toSet());
    Set<String> given =
        compose.environment("jobmanager").keySet().stream()
            .filter(name -> name.startsWith("SLUICE_"))
            .filter(name -> !OF_THE_ENTRYPOINT.contains(name))
            .collect(Collectors.toSet());

    assertThat(known).contains("SLUICE_KAFKA_BROKERS", "SLUICE_REQUEST_MAX_BYTES");
    assertThat(given)
        .contains("SLUICE_KAFKA_BROKERS", "SLUICE_CLICKHOUSE_ENDPOINTS")
        .isSubsetOf(known);
  }

  @Test
  void theJobsWindowIsThatOfTheProxy() throws IOException {
    String nginx = Files.readString(ComposeFile.ROOT.resolve("deploy/compose/ch-proxy/nginx.conf"));

    assertThat(nginx)
        .contains("limit_req_zone $binary_remote_addr zone=ch-limit:10m rate=1r/m;")
        .doesNotContain("burst=")
        .doesNotContainPattern("(?m)^\\s*client_max_body_size");
    assertThat(ProxyRate.parse("1r/m").period()).isEqualTo(Duration.ofMillis(62_500));
    assertThat(compose.environment("jobmanager")).containsEntry("SLUICE_PROXY_WINDOW", "62.5s");
  }

  @Test
  void usersHaveThePasswordsOfThoseWhoUseThem() throws IOException {
    Map<String, String> clickhouse = compose.environment("clickhouse");

    assertThat(compose.environment("jobmanager"))
        .containsEntry("SLUICE_CLICKHOUSE_USER", "sluice")
        .containsEntry("SLUICE_CLICKHOUSE_PASSWORD", clickhouse.get("SLUICE_CLICKHOUSE_PASSWORD"));
    assertThat(compose.environment("grafana"))
        .containsEntry("CLICKHOUSE_USER", "grafana")
        .containsEntry("CLICKHOUSE_PASSWORD", clickhouse.get("GRAFANA_CLICKHOUSE_PASSWORD"))
        .containsEntry("GF_SECURITY_ADMIN_PASSWORD", "kafka");
    assertThat(fromEnvironment("deploy/compose/clickhouse/users.xml"))
        .isSubsetOf(clickhouse.keySet())
        .hasSize(2);
  }

  @Test
  void grafanaHasAllVariablesOfWhatIsProvisioned() throws IOException {
    Path folder = ComposeFile.ROOT.resolve("monitoring/grafana/provisioning/datasources");
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(compose.environment("grafana").keySet())
            .as(file.toString())
            .containsAll(matches("\\$\\{(\\w+)}", Files.readString(file)));
      }
    }
  }

  @Test
  void kafkaDeletesWithinItsRetention() {
    Map<String, String> kafka = compose.environment("kafka");

    assertThat(kafka).containsEntry("KAFKA_LOG_RETENTION_MS", "60000");
    assertThat(Long.parseLong(kafka.get("KAFKA_LOG_ROLL_MS"))).isLessThanOrEqualTo(60_000 / 4);
    assertThat(Long.parseLong(kafka.get("KAFKA_LOG_RETENTION_CHECK_INTERVAL_MS")))
        .isLessThanOrEqualTo(60_000 / 12);
  }

  private static List<String> fromEnvironment(String file) throws IOException {
    return matches("from_env=\"(\\w+)\"", Files.readString(ComposeFile.ROOT.resolve(file)));
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
