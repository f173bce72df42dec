package io.sluice.ops.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The few questions that operators ask Flink's REST API.
 *
 * @param url such as {@code http://127.0.0.1:8081}
 */
public record FlinkRest(String url) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration SAVEPOINT_WITHIN = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(200);

  public boolean answers() {
    return ask(get("/overview")).isPresent();
  }

  /** Whether the TaskManager with this resource id has registered. */
  public boolean hasTaskManager(String resourceId) {
    return ask(get("/taskmanagers")).stream()
        .flatMap(node -> node.path("taskmanagers").valueStream())
        .anyMatch(node -> node.path("id").asText().equals(resourceId));
  }

  /**
   * What Flink says of a job. Taken from the list of all: asked for one that it does not know,
   * Flink answers with a status 500 like any other.
   */
  public JobStatus jobStatus(String jobId) {
    return ask(get("/jobs/overview"))
        .map(overview -> overview.path("jobs"))
        .filter(JsonNode::isArray)
        .map(
            jobs ->
                jobs.valueStream()
                    .filter(job -> job.path("jid").asText().equals(jobId))
                    .map(job -> JobStatus.of(job.path("state").asText()))
                    .findFirst()
                    .orElse(JobStatus.UNKNOWN))
        .orElse(JobStatus.NO_ANSWER);
  }

  /**
   * The states of the jobs whose names begin so and that have not ended; throws if Flink is silent.
   */
  public List<String> activeJobs(String namePrefix) {
    return active(namePrefix).map(job -> job.path("state").asText()).toList();
  }

  public List<String> activeJobIds(String namePrefix) {
    return active(namePrefix).map(job -> job.path("jid").asText()).toList();
  }

  private Stream<JsonNode> active(String namePrefix) {
    return require(get("/jobs/overview"))
        .path("jobs")
        .valueStream()
        .filter(job -> job.path("name").asText().startsWith(namePrefix))
        .filter(job -> JobStatus.of(job.path("state").asText()).isActive());
  }

  /** The job's tasks, if all of them run; empty if one does not, or Flink does not say. */
  public Optional<RunningTasks> runningTasks(String jobId) {
    return ask(get("/jobs/" + jobId)).flatMap(RunningTasks::read);
  }

  public boolean awaitAllTasksRun(String jobId, Duration atMost) {
    return Pause.until(() -> runningTasks(jobId).isPresent(), POLL, atMost);
  }

  /**
   * When the job as a whole came into a state, such as {@code RUNNING} or {@code FINISHED}; empty
   * if it has not yet.
   */
  public Optional<Instant> reached(String jobId, String state) {
    return ask(get("/jobs/" + jobId))
        .map(job -> job.path("timestamps").path(state).asLong())
        .filter(epochMilli -> epochMilli > 0)
        .map(Instant::ofEpochMilli);
  }

  /** The job's latest checkpoints, newest first; the ten that Flink keeps at most. */
  public List<CheckpointRecord> checkpoints(String jobId) {
    return ask(get("/jobs/" + jobId + "/checkpoints")).stream()
        .flatMap(node -> node.path("history").valueStream())
        .map(CheckpointRecord::read)
        .toList();
  }

  public void cancel(String jobId) {
    require(
        request("/jobs/" + jobId + "?mode=cancel")
            .method("PATCH", HttpRequest.BodyPublishers.noBody())
            .build());
  }

  public String savepoint(String jobId, Path folder) {
    Map<String, Object> body =
        Map.of("target-directory", folder.toUri().toString(), "cancel-job", false);
    return awaitSavepoint(jobId, require(post("/jobs/" + jobId + "/savepoints", body)));
  }

  /** Stops a job with a savepoint; returns where that is. */
  public String stopWithSavepoint(String jobId, Path folder) {
    Map<String, Object> body = Map.of("targetDirectory", folder.toUri().toString(), "drain", false);
    return awaitSavepoint(jobId, require(post("/jobs/" + jobId + "/stop", body)));
  }

  private String awaitSavepoint(String jobId, JsonNode trigger) {
    String path = "/jobs/" + jobId + "/savepoints/" + trigger.path("request-id").asText();
    long deadlineNanos = System.nanoTime() + SAVEPOINT_WITHIN.toNanos();
    while (System.nanoTime() - deadlineNanos < 0) {
      JsonNode answer = require(get(path));
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode operation = answer.path("operation");
        if (operation.has("failure-cause")) {
          String trace = operation.path("failure-cause").path("stack-trace").asText();
          throw OperatorException.failed("no savepoint: " + firstLine(trace));
        }
        return operation.path("location").asText();
      }
      Pause.of(POLL);
    }
    throw OperatorException.failed(
        "no savepoint within " + SAVEPOINT_WITHIN.toMinutes() + " minutes");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("flink does not say why");
  }

  private HttpRequest get(String path) {
    return request(path).GET().build();
  }

  private HttpRequest post(String path, Object body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_WITHIN);
  }

  private static Optional<JsonNode> ask(HttpRequest request) {
    try {
      HttpResponse<String> response = send(request);
      return response.statusCode() / 100 == 2
          ? Optional.of(Json.parse(response.body()))
          : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  private static JsonNode require(HttpRequest request) {
    try {
      HttpResponse<String> response = send(request);
      if (response.statusCode() / 100 != 2) {
        String error = Json.parse(response.body()).path("errors").path(0).asText();
        throw OperatorException.failed("flink refused " + request.uri() + ": " + firstLine(error));
      }
      return Json.parse(response.body().isBlank() ? "{}" : response.body());
    } catch (IOException e) {
      throw OperatorException.failed("flink does not answer at " + request.uri(), e);
    }
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("asking flink");
    }
  }
}
