package io.sluice.clickhouse.hold;

import java.util.concurrent.CompletableFuture;

/**
 * The signals of a lane's sink to the lane's source: hold back, go on, all is stored.
 *
 * <p>Sink and source run in one task, so every method is called on the task thread; nothing here
 * blocks, and a checkpoint can pass at any time, whatever the valve says.
 */
public final class Valve {
  private CompletableFuture<Void> released = CompletableFuture.completedFuture(null);
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private boolean inputEnded;

  /** Whether the source may not read on. */
  public void hold(boolean held) {
    if (!held) {
      released.complete(null);
    } else if (released.isDone()) {
      released = new CompletableFuture<>();
    }
  }

  public boolean isHeld() {
    return !released.isDone();
  }

  /** Done while the source may read; a new future each time it is held. */
  CompletableFuture<Void> released() {
    return released;
  }

  /** The source has handed over its last record; it ends when the sink calls {@link #drained()}. */
  void endInput() {
    inputEnded = true;
  }

  public boolean hasInputEnded() {
    return inputEnded;
  }

  /** Everything that was read is stored; a bounded source may end now. */
  public void drained() {
    drained.complete(null);
  }

  CompletableFuture<Void> whenDrained() {
    return drained;
  }
}
