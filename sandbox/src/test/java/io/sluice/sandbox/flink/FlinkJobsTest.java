package io.sluice.sandbox.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkJobsTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";

  @TempDir Path dir;
  private final StackOptions options = StackOptions.onFreePorts();

  @Test
  void aJobIsNotBroughtBackWhileNobodyCanSayWhetherItRuns() {
    assertThatThrownBy(jobsAfter(wanted())::bringBack)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("flink does not answer at http://127.0.0.1:")
        .hasMessageContaining("./sluice status");
  }

  @Test
  void aJobThatFlinkForgotIsBroughtBackUnlessAnotherRuns() throws IOException {
    FlinkJobs jobs = jobsAfter(wanted());
    try (ScriptedFlink flink = new ScriptedFlink(options.ports().flinkRest())) {
      flink.answerJson(
          "/jobs/overview",
          200,
          "{\"jobs\":[{\"jid\":\"f\",\"name\":\"sluice http_log\",\"state\":\"CREATED\"}]}");

      assertThatThrownBy(jobs::bringBack).hasMessage("the job is CREATED already");
    }
  }

  @Test
  void aJobThatWasStoppedOnPurposeStaysStopped() {
    assertThat(jobsAfter(wanted().stopped()).bringBack()).isEmpty();
  }

  @Test
  void noSecondJobIsSubmittedWhileNobodyCanSayWhatRuns() {
    assertThatThrownBy(() -> jobsAfter(wanted()).submit(List.of(), Optional.empty()))
        .hasMessageContaining("flink does not answer");
  }

  @Test
  void aJobThatFlinkRefusesDoesNotTakeThePlaceOfTheLastOne() throws IOException {
    FlinkJobs jobs = jobsAfter(wanted().stopped(), homeWithoutFlink());
    try (ScriptedFlink flink = new ScriptedFlink(options.ports().flinkRest())) {
      flink.answerJson("/jobs/overview", 200, "{\"jobs\":[]}");

      assertThatThrownBy(() -> jobs.submit(List.of(), Optional.empty()))
          .hasMessageContaining("flink run failed");

      assertThat(jobs.last()).contains(wanted().stopped());
    }
  }

  private static JobRecord wanted() {
    return new JobRecord(JOB, List.of(), null, true);
  }

  /** Where flink run fails at once, since the distribution is empty. */
  private Home homeWithoutFlink() throws IOException {
    Path root = dir.resolve("home");
    Files.createDirectories(root.resolve("sandbox/flink/target/dist/lib"));
    Files.createSymbolicLink(root.resolve("flink-conf"), Path.of("../flink-conf").toAbsolutePath());
    return new Home(root);
  }

  private FlinkJobs jobsAfter(JobRecord last) {
    return jobsAfter(last, Home.find());
  }

  private FlinkJobs jobsAfter(JobRecord last, Home home) {
    Path record = dir.resolve("job.json");
    Json.write(record, last);
    // Any file will do for the jar: nothing here gets as far as to run it.
    return new FlinkJobs(new FlinkCluster(home, dir, dir, options), record, record);
  }

  @Test
  void aStackTraceIsCutDownToItsReasons() {
    String output =
        """
        Job has not been submitted
        ------
         The program finished with the following exception:

        org.example.Outer: it failed
        \tat org.example.Main.main(Main.java:1)
        Caused by: java.io.IOException: no disk
        \t... 10 more
        """;

    assertThat(FlinkJobs.reasonsIn(output))
        .isEqualTo("  org.example.Outer: it failed\n  Caused by: java.io.IOException: no disk");
  }

  @Test
  void outputWithoutAStackTraceIsShownAsItIs() {
    assertThat(FlinkJobs.reasonsIn("window: 'x' is no duration\n"))
        .isEqualTo("window: 'x' is no duration");
  }
}
