package io.sluice.sandbox.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ops.OperatorException;
import io.sluice.ops.flink.FlinkRest;
import io.sluice.ops.flink.JobStatus;
import io.sluice.ops.flink.RunningTasks;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkRestTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";
  private static final String OVERVIEW = "/jobs/overview";

  private ScriptedFlink flink;
  private FlinkRest rest;

  @BeforeEach
  void start() throws IOException {
    flink = new ScriptedFlink(0);
    rest = new FlinkRest("http://127.0.0.1:" + flink.port());
  }

  @AfterEach
  void stop() {
    flink.close();
  }

  @Test
  void tellsAJobThatWillRunAgainFromOneThatHasEnded() {
    assertThat(statusOf("RUNNING")).isEqualTo(JobStatus.Kind.ACTIVE);
    assertThat(statusOf("RESTARTING")).isEqualTo(JobStatus.Kind.ACTIVE);
    assertThat(statusOf("FAILING")).isEqualTo(JobStatus.Kind.ACTIVE);
    assertThat(statusOf("FAILED")).isEqualTo(JobStatus.Kind.ENDED);
    assertThat(statusOf("CANCELED")).isEqualTo(JobStatus.Kind.ENDED);
    assertThat(statusOf("FINISHED")).isEqualTo(JobStatus.Kind.ENDED);
  }

  private JobStatus.Kind statusOf(String state) {
    flink.answerJson(OVERVIEW, 200, overview(JOB, state));
    return rest.jobStatus(JOB).kind();
  }

  private static String overview(String jobId, String state) {
    return "{\"jobs\":[{\"jid\":\"%s\",\"name\":\"sluice http_log\",\"state\":\"%s\"}]}"
        .formatted(jobId, state);
  }

  @Test
  void aJobIsUnknownOnlyWhenFlinkListsOthers() {
    assertThat(rest.jobStatus(JOB)).isEqualTo(JobStatus.NO_ANSWER);

    flink.answerJson(OVERVIEW, 200, "{\"message\":\"some other server\"}");
    assertThat(rest.jobStatus(JOB)).isEqualTo(JobStatus.NO_ANSWER);

    flink.answerJson(OVERVIEW, 503, "{\"errors\":[\"Service temporarily unavailable\"]}");
    assertThat(rest.jobStatus(JOB)).isEqualTo(JobStatus.NO_ANSWER);

    flink.answerJson(OVERVIEW, 200, "{\"jobs\":[]}");
    assertThat(rest.jobStatus(JOB)).isEqualTo(JobStatus.UNKNOWN);

    flink.answerJson(OVERVIEW, 200, overview("another", "RUNNING"));
    assertThat(rest.jobStatus(JOB)).isEqualTo(JobStatus.UNKNOWN);

    flink.close();
    assertThat(rest.jobStatus(JOB)).isEqualTo(JobStatus.NO_ANSWER);
  }

  @Test
  void findsActiveJobsByNameAlsoThoseOfWhichNobodyKnowsTheId() {
    flink.answerJson(
        "/jobs/overview",
        200,
        """
        {"jobs":[
          {"jid":"a","name":"sluice http_log","state":"FINISHED"},
          {"jid":"b","name":"sluice other_log","state":"INITIALIZING"},
          {"jid":"c","name":"somebody else's","state":"RUNNING"}]}""");

    assertThat(rest.activeJobs("sluice ")).containsExactly("INITIALIZING");
  }

  @Test
  void doesNotTakeSilenceForNoActiveJobs() {
    flink.close();

    assertThatThrownBy(() -> rest.activeJobs("sluice "))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("flink does not answer");
  }

  @Test
  void allTasksRunWhenThoseOfEveryLaneDo() {
    assertThat(runningTasks("RUNNING", 2)).contains(new RunningTasks(2, 17));
  }

  /** Flink calls the vertex of a lane that is being restarted RUNNING, and the job too. */
  @Test
  void aLaneThatIsBeingRestartedDoesNotRun() {
    assertThat(runningTasks("RUNNING", 1)).isEmpty();
    assertThat(runningTasks("RESTARTING", 2)).isEmpty();
  }

  @Test
  void aJobWithoutTasksOrAnAnswerDoesNotRun() {
    flink.answerJson("/jobs/" + JOB, 200, "{\"state\":\"RUNNING\",\"vertices\":[]}");
    assertThat(rest.runningTasks(JOB)).isEmpty();

    flink.close();
    assertThat(rest.runningTasks(JOB)).isEmpty();
  }

  private Optional<RunningTasks> runningTasks(String state, int running) {
    flink.answerJson(
        "/jobs/" + JOB,
        200,
        """
        {"jid":"%s","state":"%s","timestamps":{"CREATED":3,"RUNNING":17},
         "vertices":[{"name":"kafka -> sink","parallelism":2,"status":"RUNNING",
           "tasks":{"CREATED":0,"SCHEDULED":%d,"RUNNING":%d}}],
         "status-counts":{"CREATED":0,"RUNNING":1}}"""
            .formatted(JOB, state, 2 - running, running));
    return rest.runningTasks(JOB);
  }
}
