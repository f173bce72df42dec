package io.sluice.sandbox.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.metrics.PrometheusProcess;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The repository's Prometheus configuration, rules and dashboards on real processes: a stack under
 * traffic, and a real Prometheus that scrapes it.
 */
@TestMethodOrder(OrderAnnotation.class)
@Tag("campaign")
class PipelineDashboardsIT {
  private static final long RECORDS = 20_000;
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  @TempDir static Path dir;
  private static Stack stack;
  private static PrometheusProcess prometheus;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = PrometheusProcess.program();
    if (System.getenv("CI") == null) {
      assumeTrue(
          program.isPresent(),
          "skipped: there is no prometheus on the PATH, and no apt-get to fetch Debian's package");
    }
    assertThat(program).as("prometheus, see .ci/prometheus").isPresent();
    stack =
        Stack.start(
            dir.resolve("stack"),
            StackOptions.onFreePorts()
                .withProxyRate("30r/m")
                .withKafkaRetention(Duration.ofMinutes(10))
                .withCheckpointInterval(Duration.ofSeconds(1)));
    prometheus =
        PrometheusProcess.start(program.get(), dir.resolve("prometheus"), stack.options().ports());
    stack.submitJob();
    // A counter that is first seen at a value has not risen: all of them have to be there before.
    within(Duration.ofMinutes(1))
        .until(() -> !prometheus.query(job("sluice_requestsAccepted")).isEmpty());
    stack.produce(ProduceOptions.records(RECORDS).withRate(1_000));
    within(Duration.ofMinutes(1))
        .until(() -> prometheus.value("sum(" + sent() + ")"), stored -> stored == RECORDS);
  }

  @AfterAll
  static void end() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  @Order(1)
  void everyTargetIsScrapedUnderTheNameOfItsService() {
    within(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(prometheus.query("up == 1"))
                    .extracting(series -> series.path("metric").path("instance").asText())
                    .containsExactlyInAnyOrder(
                        "jobmanager", "taskmanager", "kafka", "clickhouse", "prometheus"));
  }

  @ParameterizedTest
  @Order(2)
  @ValueSource(strings = {"pipeline", "kafka"})
  void everyPanelShowsSeries(String name) throws Exception {
    Dashboard dashboard = Dashboard.read(name);
    for (Map<String, List<String>> chosen : List.of(Map.<String, List<String>>of(), chosen())) {
      PrometheusVariables variables = new PrometheusVariables(chosen);
      within(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                SoftAssertions panels = new SoftAssertions();
                for (JsonNode panel : dashboard.panels()) {
                  for (JsonNode target : panel.path("targets")) {
                    String expression = variables.fill(target.path("expr").asText());
                    panels
                        .assertThat(prometheus.query(expression))
                        .as("%s, %s: %s", panel.path("title").asText(), chosen, expression)
                        .isNotEmpty()
                        .allSatisfy(
                            series ->
                                assertThat(series.path("value").path(1).asDouble()).isNotNaN());
                  }
                }
                panels.assertAll();
              });
    }
  }

  private static Map<String, List<String>> chosen() {
    return Map.of(
        "job", prometheus.labelValues("job_name", job("sluice_bufferFill")),
        "lane", List.of("0"),
        "topic", List.of("http_log"));
  }

  @ParameterizedTest
  @Order(3)
  @ValueSource(strings = {"pipeline", "kafka"})
  void everyVariableOffersValues(String name) throws Exception {
    assertThat(Dashboard.read(name).variables())
        .isNotEmpty()
        .allSatisfy(
            variable -> {
              Matcher query = LABEL_VALUES.matcher(variable.path("definition").asText());
              assertThat(query.matches()).as(variable.path("definition").asText()).isTrue();
              String selector = new PrometheusVariables(Map.of()).fill(query.group(1));
              assertThat(prometheus.labelValues(query.group(2), selector)).isNotEmpty();
            });
  }

  @Test
  @Order(4)
  void everyRuleIsEvaluatedWithoutAnError() {
    within(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(prometheus.rules())
                    .hasSizeGreaterThan(20)
                    .allSatisfy(
                        rule -> {
                          assertThat(rule.path("health").asText())
                              .as("%s: %s", rule.path("name"), rule.path("lastError"))
                              .isEqualTo("ok");
                        }));
  }

  @Test
  @Order(5)
  void everyRecordingRuleGivesSeries() {
    SoftAssertions figures = new SoftAssertions();
    prometheus.rules().stream()
        .filter(rule -> rule.path("type").asText().equals("recording"))
        .map(rule -> rule.path("name").asText())
        .forEach(name -> figures.assertThat(prometheus.query(name)).as(name).isNotEmpty());
    figures.assertAll();
  }

  @Test
  @Order(6)
  void theFiguresAgreeWithWhatWasProduced() {
    String produced = "sum(kafka_server_brokertopicmetrics_messagesin_total{topic=\"http_log\"})";

    assertThat(prometheus.value(produced)).isEqualTo(RECORDS);
    assertThat(prometheus.value("sum(" + job("sluice_rowsEncoded") + ")")).isEqualTo(RECORDS);
    assertThat(prometheus.value("sum(" + job("sluice_bufferedBytes") + ")")).isZero();
    // Computed every 15 s, from scrapes that are up to a second apart.
    within(Duration.ofSeconds(30)).until(() -> prometheus.value("sum(job:lag_records)") == 0);
    assertThat(prometheus.value("max(lane:capacity_use:ratio)")).isGreaterThan(0).isLessThan(1);
    assertThat(prometheus.value("max(disk:available:ratio)")).isGreaterThan(0).isLessThan(1);
    assertThat(prometheus.value("max(" + job("sluice_lastRequestBytes") + ")"))
        .isPositive()
        .isLessThanOrEqualTo(prometheus.value("max(" + job("sluice_requestLimitBytes") + ")"));
  }

  @Test
  @Order(7)
  void noAlertFiresWhileAllIsWell() {
    assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}")).isEmpty();
  }

  /** Last, since the alert stays. */
  @Test
  @Order(8)
  void aMessageThatCannotBeDecodedRaisesAnAlert() {
    stack.produce(ProduceOptions.records(3).withMalformed(3));

    within(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}"))
                    .extracting(alert -> alert.path("metric").path("alertname").asText())
                    .containsExactly("SluiceDeadLettersRising"));
  }

  private static String sent() {
    return job("numRecordsSend{operator_name=~\"ClickHouse.*\"}");
  }

  private static String job(String metric) {
    return "flink_taskmanager_job_task_operator_" + metric;
  }

  private static ConditionFactory within(Duration time) {
    return await().pollInterval(Duration.ofMillis(500)).atMost(time).ignoreExceptions();
  }
}
