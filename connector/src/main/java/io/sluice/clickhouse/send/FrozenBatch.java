package io.sluice.clickhouse.send;

/**
 * A frozen batch and what is known of it. That it may be applied stays true until it is stored; the
 * word of a stop's savepoint alone takes it back.
 */
final class FrozenBatch {
  /** In the place of a checkpoint: covered from the start. */
  static final long RESTORED = Long.MIN_VALUE;

  /** In the place of a checkpoint: the next one that is taken. */
  static final long NEXT_FREEZE = Long.MAX_VALUE;

  final Batch batch;
  final long byteCount;
  private final boolean isRestored;

  /** The first checkpoint whose completion covers the batch. */
  long checkpoint;

  boolean mayBeApplied;

  /** Whether the snapshot that the batch was restored from says so, and no request began since. */
  boolean wasNeverApplied;

  boolean inDoubt;
  boolean inFlight;

  /** How often in a row; 0 if neither the server nor the proxy refused the batch. */
  int timesSetAside;

  /** When a batch that was set aside may be sent again. */
  long notBeforeNanos;

  /** Whether the proxy found the batch too large, and it could not be cut. */
  boolean uncuttable;

  FrozenBatch(Batch batch, long checkpoint, boolean mayBeApplied) {
    this.batch = batch;
    this.byteCount = batch.byteCount();
    this.isRestored = checkpoint == RESTORED;
    this.checkpoint = checkpoint;
    this.mayBeApplied = mayBeApplied;
    this.inDoubt = mayBeApplied;
  }

  /** What the snapshot says of the batch is true. */
  void believe() {
    if (wasNeverApplied) {
      mayBeApplied = false;
      inDoubt = false;
      checkpoint = NEXT_FREEZE;
    }
  }

  void send() {
    inFlight = true;
    wasNeverApplied = false;
  }

  void retry(boolean lastMayBeApplied) {
    inFlight = false;
    mayBeApplied |= lastMayBeApplied;
  }

  /**
   * What one batch is refused for must not get to the rows of others. One that was restored keeps
   * its token, so that the same state, if it is restored once more, brings the same request.
   */
  boolean mayGrow() {
    return isClean() && !isSetAside() && !isRestored;
  }

  boolean isClean() {
    return !mayBeApplied && !inFlight;
  }

  boolean isSetAside() {
    return timesSetAside > 0;
  }

  long nanosToWait(long nowNanos) {
    // A difference, since a monotonic clock may overflow.
    return isSetAside() ? Math.max(0, notBeforeNanos - nowNanos) : 0;
  }
}
