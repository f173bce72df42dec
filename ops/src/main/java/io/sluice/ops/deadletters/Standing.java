package io.sluice.ops.deadletters;

/** What has become of a dead letter. */
public enum Standing {
  /** Never replayed. */
  WAITING,
  /** Replayed, and not here again. */
  REPLAYED,
  /** A replayed message that the job could not decode this time either; waits if asked for. */
  CAME_BACK,
  /** Has no value, or only the beginning of it: there is nothing to replay. */
  INCOMPLETE
}
