package io.sluice.sandbox.flink;

import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.ops.flink.JobStatus;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Subprocess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Submits, stops and resumes the one job of a stack, and remembers it in {@code job.json}. */
public final class FlinkJobs {
  /** Flink's PipelineOptionsInternal: the id of the job, instead of one that the client makes. */
  private static final String JOB_ID = "$internal.pipeline.job-id";

  /** Of the names of our jobs in Flink. */
  private static final String NAME_PREFIX = "sluice ";

  private static final String FAILED_WITH = "The program finished with the following exception:";

  /** Of a process that Ctrl-C ended, by a shell's convention. */
  private static final int INTERRUPTED = 130;

  private static final Duration TASKS_WITHIN = Duration.ofMinutes(5);
  private static final Duration SUBMIT_WITHIN = Duration.ofMinutes(5);

  private final FlinkCluster cluster;
  private final Path jobJar;
  private final Path recordFile;

  public FlinkJobs(FlinkCluster cluster, Path jobJar, Path recordFile) {
    this.cluster = cluster;
    this.jobJar = jobJar;
    this.recordFile = recordFile;
  }

  /** The job that was submitted last. */
  public Optional<JobRecord> last() {
    return Json.read(recordFile, JobRecord.class);
  }

  /** The state of the last job in words, such as {@code RUNNING}; empty if there never was one. */
  public Optional<String> state() {
    return last().map(this::status).map(JobStatus::state);
  }

  private JobStatus status(JobRecord job) {
    return cluster.rest().jobStatus(job.jobId());
  }

  /**
   * Runs {@code flink run -d job.jar}.
   *
   * @param from the checkpoint or savepoint to start from
   * @throws OperatorException if a job runs already, Flink refuses this one, or does not say what
   *     runs
   */
  public JobRecord submit(List<String> arguments, Optional<String> from) {
    if (!Files.exists(jobJar)) {
      throw OperatorException.failed(
          jobJar + " is missing; build it with: mvn -DskipTests package");
    }
    // Not by the id of the last one: Flink may have taken a job whose id nobody was told.
    List<String> active = cluster.rest().activeJobs(NAME_PREFIX);
    if (!active.isEmpty()) {
      throw OperatorException.wrongState("the job is " + active.get(0) + " already");
    }
    String id = UUID.randomUUID().toString().replace("-", "");
    JobRecord job = new JobRecord(id, arguments, from.orElse(null), true);
    List<String> line = new ArrayList<>(List.of("run", "-d", "-D" + JOB_ID + "=" + id));
    from.ifPresent(path -> line.addAll(List.of("-s", path)));
    line.add(jobJar.toString());
    line.addAll(arguments);
    Command command = cluster.commandLine(line);
    // Written down before Flink has it: whoever is interrupted now can still be resumed.
    Optional<JobRecord> former = last();
    Json.writePrivate(recordFile, job);
    Subprocess.Outcome outcome = Subprocess.complete(command, SUBMIT_WITHIN);
    if (outcome.exitCode() == INTERRUPTED) {
      throw OperatorException.failed(
          "interrupted while flink took the job; whether it has it, shows: ./sluice status");
    }
    if (outcome.exitCode() != 0) {
      if (status(job).kind() == JobStatus.Kind.UNKNOWN) {
        former.ifPresent(before -> Json.writePrivate(recordFile, before));
      }
      throw OperatorException.failed("flink run failed:\n" + reasonsIn(outcome.output()));
    }
    return job;
  }

  /** The messages of a stack trace and its causes, or all of it if it is none. */
  static String reasonsIn(String output) {
    int end = output.lastIndexOf(FAILED_WITH);
    if (end < 0) {
      return output.strip();
    }
    return output
        .substring(end + FAILED_WITH.length())
        .lines()
        .filter(line -> !line.isBlank() && !line.stripLeading().matches("(at |\\.\\.\\. ).*"))
        .map(line -> "  " + line.strip())
        .collect(Collectors.joining("\n"));
  }

  /**
   * Brings back the job that a killed JobManager forgot, or that ended though it was not to, from
   * its newest state; empty if no job is wanted, or it still runs.
   *
   * @throws OperatorException if Flink does not say whether it runs: it might then run twice
   */
  public Optional<JobRecord> bringBack() {
    return last()
        .filter(job -> job.wanted() && !isActive(job))
        .map(job -> submit(job.arguments(), restartFrom()));
  }

  /**
   * What to start the last job from again. States of jobs before it do not count: they may be of
   * data that is gone.
   */
  public Optional<String> restartFrom() {
    return last()
        .flatMap(
            job ->
                job.restartFrom(
                    RestorableState.newest(
                        cluster.checkpoints(), cluster.savepoints(), job.jobId())));
  }

  /** Takes a savepoint of the running job. */
  public String savepoint() {
    return cluster.rest().savepoint(readyForSavepoint().jobId(), cluster.savepoints());
  }

  /** Stops the running job with a savepoint. */
  public String stop() {
    JobRecord job = readyForSavepoint();
    String location = cluster.rest().stopWithSavepoint(job.jobId(), cluster.savepoints());
    Json.writePrivate(recordFile, job.stopped());
    return location;
  }

  /** A job that has just been submitted, or is being restarted, takes no savepoint yet: wait. */
  private JobRecord readyForSavepoint() {
    JobRecord job = running();
    if (!cluster.rest().awaitAllTasksRun(job.jobId(), TASKS_WITHIN)) {
      throw OperatorException.failed(
          "no savepoint: not all tasks of the job run within " + TASKS_WITHIN.toSeconds() + " s");
    }
    return job;
  }

  /**
   * The job that runs now.
   *
   * @throws OperatorException if no job runs, or Flink does not say
   */
  public JobRecord running() {
    return last()
        .filter(this::isActive)
        .orElseThrow(
            () ->
                OperatorException.wrongState("no job is running; start it with: ./sluice submit"));
  }

  private boolean isActive(JobRecord job) {
    return switch (status(job).kind()) {
      case ACTIVE -> true;
      case ENDED, UNKNOWN -> false;
      case NO_ANSWER ->
          throw OperatorException.failed(
              "flink does not answer at %s, so nobody can say whether the job runs; see: ./sluice status"
                  .formatted(cluster.ports().flinkRestUrl()));
    };
  }
}
