package io.sluice.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.ScriptedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** By URLs alone, without a stack of ours. */
class MainTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ScriptedServer flink;
  private ScriptedServer taskManager;

  @BeforeEach
  void start() throws IOException {
    flink = new ScriptedServer();
    taskManager = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    flink.close();
    taskManager.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "audit",
        "drain",
        "dead-letters list",
        "dead-letters show",
        "dead-letters replay",
        "rebuild",
        "capacity"
      })
  void everyVerbHasHelpThatKnowsNoStack(String verb) {
    assertThat(execute(verb + " --help")).isZero();
    assertThat(out.toString()).startsWith("Usage: sluice " + verb).doesNotContain("--dir");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status: --metrics is missing, and so is $FLINK_METRICS",
        "audit: --clickhouse is missing, and so is $CLICKHOUSE_URL",
        "dead-letters list: --brokers is missing, and so is $SLUICE_KAFKA_BROKERS"
      })
  void whatNeitherAnOptionNorTheEnvironmentNamesIsWrongUsage(String saying) {
    String verb = saying.substring(0, saying.indexOf(':'));

    assertThat(execute(verb)).isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("sluice " + saying);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--flink", "--metrics"})
  void aUrlWithASecretIsRefusedAndNotQuoted(String option) {
    String line = status().replaceFirst(option + " \\S+", option + " http://u:canary@h:1");

    assertThat(execute(line)).isEqualTo(2);
    assertThat(err.toString()).contains(option + " has to be http(s)").doesNotContain("canary");
  }

  @Test
  void statusTellsWhatTheJobHolds() {
    runs(JOB);
    taskManager.answer("/metrics", gauges(0) + gauges(1));

    assertThat(execute(status())).isZero();
    assertThat(out.toString().replaceAll(" +", " "))
        .contains("job RUNNING " + JOB, "buffered 42 rows", "in doubt 14 requests");
  }

  @Test
  void whatOneOfTwoLanesHoldsIsUnknownAndNotNothing() {
    runs(JOB);
    taskManager.answer("/metrics", gauges(0));

    assertThat(execute(status())).isEqualTo(3);
    assertThat(out.toString()).contains("unknown: 1 of 2 lanes report unencodedRows");
  }

  @Test
  void ofTwoJobsOneHasToBeNamed() {
    String other = "f".repeat(32);
    runs(JOB, other);
    taskManager.answer("/metrics", gauges(0) + gauges(1));

    assertThat(execute(status())).isEqualTo(2);
    assertThat(err.toString()).contains("2 jobs run there; name one with --job", JOB, other);
    assertThat(execute(status() + " --job " + JOB)).isZero();
  }

  @Test
  void nothingIsDrainedWithoutAJob() {
    runs();

    assertThat(
            execute(
                "drain --brokers h:1 --flink %s --metrics %s"
                    .formatted(flink.url(), taskManager.url())))
        .isEqualTo(3);
    assertThat(err.toString()).contains("no job runs");
  }

  private String status() {
    return "status --flink %s --metrics %s".formatted(flink.url(), taskManager.url());
  }

  /** As Flink's REST API tells it, of jobs with two lanes each. */
  private void runs(String... jobs) {
    flink.answer(
        "/jobs/overview",
        Stream.of(jobs)
            .map(
                id ->
                    "{\"jid\":\"%s\",\"name\":\"sluice http_log\",\"state\":\"RUNNING\"}"
                        .formatted(id))
            .collect(Collectors.joining(",", "{\"jobs\":[", "]}")));
    for (String id : jobs) {
      flink.answer(
          "/jobs/" + id,
          "{\"state\":\"RUNNING\",\"timestamps\":{\"RUNNING\":1},"
              + "\"vertices\":[{\"parallelism\":2,\"tasks\":{\"RUNNING\":2}}]}");
    }
  }

  private static String gauges(int lane) {
    return Stream.of("unencodedRows", "openRows", "frozenRows", "requestsInDoubt")
        .map(
            gauge ->
                "flink_taskmanager_job_task_operator_sluice_%s{job_id=\"%s\",subtask_index=\"%d\",} 7.0%n"
                    .formatted(gauge, JOB, lane))
        .collect(Collectors.joining());
  }

  private int execute(String line) {
    CommandLine verbs = Main.commandLine();
    verbs.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return verbs.execute(List.of(line.split(" ")).toArray(String[]::new));
  }
}
