package io.sluice.sandbox.flink;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The job that was submitted last; kept in {@code job.json}, since a JobManager that is killed
 * forgets it.
 *
 * @param arguments of the job itself; a password may be among them, so the file is its owner's
 * @param restoredFrom the checkpoint or savepoint it was started from; null for a fresh start
 * @param wanted false once it was stopped on purpose
 */
public record JobRecord(
    String jobId,
    List<String> arguments,
    String restoredFrom,
    long submittedAtEpochMilli,
    boolean wanted) {
  public JobRecord {
    arguments = List.copyOf(arguments);
  }

  public JobRecord stopped() {
    return new JobRecord(jobId, arguments, restoredFrom, submittedAtEpochMilli, false);
  }

  /** Without the arguments: a password may be among them. */
  @Override
  public String toString() {
    return "JobRecord[%s, from %s]".formatted(jobId, restoredFrom);
  }

  @JsonIgnore
  public Instant submittedAt() {
    return Instant.ofEpochMilli(submittedAtEpochMilli);
  }

  /**
   * What to start this job from again: its own newest state, else what it was started from itself,
   * else nothing.
   *
   * @param newestSinceSubmitted the newest state written after {@link #submittedAt}
   */
  public Optional<String> restartFrom(Optional<RestorableState> newestSinceSubmitted) {
    return newestSinceSubmitted
        .map(state -> state.path().toString())
        .or(() -> Optional.ofNullable(restoredFrom));
  }
}
