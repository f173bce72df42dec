package io.sluice.sandbox.flink;

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
public record JobRecord(String jobId, List<String> arguments, String restoredFrom, boolean wanted) {
  public JobRecord {
    arguments = List.copyOf(arguments);
  }

  public JobRecord stopped() {
    return new JobRecord(jobId, arguments, restoredFrom, false);
  }

  /** Without the arguments: a password may be among them. */
  @Override
  public String toString() {
    return "JobRecord[%s, from %s]".formatted(jobId, restoredFrom);
  }

  /**
   * What to start this job from again: its own newest state, else what it was started from itself,
   * else nothing.
   *
   * @param newest of its own
   */
  public Optional<String> restartFrom(Optional<RestorableState> newest) {
    return newest.map(state -> state.path().toString()).or(() -> Optional.ofNullable(restoredFrom));
  }
}
