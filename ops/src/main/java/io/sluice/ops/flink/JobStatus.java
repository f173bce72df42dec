package io.sluice.ops.flink;

/**
 * What Flink says of one job. That it knows no such job and that it does not answer are two things:
 * after the first the job may be submitted again, after the second it might then run twice.
 *
 * @param state in Flink's words, such as {@code RUNNING}, or ours where Flink has none
 */
public record JobStatus(Kind kind, String state) {
  /** What the state means for whoever wants to start or stop the job. */
  public enum Kind {
    /** It runs, or will run again by itself. */
    ACTIVE,
    ENDED,
    /** Never submitted, or submitted to a JobManager that has been started anew since. */
    UNKNOWN,
    NO_ANSWER
  }

  public static final JobStatus UNKNOWN = new JobStatus(Kind.UNKNOWN, "unknown to flink");

  public static final JobStatus NO_ANSWER = new JobStatus(Kind.NO_ANSWER, "flink does not answer");

  static JobStatus of(String flinkState) {
    return new JobStatus(
        switch (flinkState) {
          case "FINISHED", "CANCELED", "FAILED" -> Kind.ENDED;
          default -> Kind.ACTIVE;
        },
        flinkState);
  }

  public boolean isActive() {
    return kind == Kind.ACTIVE;
  }
}
