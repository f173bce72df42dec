package io.sluice.bench.network;

import java.util.Optional;

/**
 * An action that waits for a request of some size. One per link, used by its loop alone.
 *
 * <p>The connection that reaches the mark stands still there until the action has ended, so that
 * what the action does falls into the middle of the request however fast the bytes come.
 */
final class RequestTrigger {
  private final String threadName;
  private long markBytes = Long.MAX_VALUE;
  private Optional<Runnable> action = Optional.empty();

  RequestTrigger(String threadName) {
    this.threadName = threadName;
  }

  void set(long bytes, Runnable newAction) {
    markBytes = bytes;
    action = Optional.of(newAction);
  }

  void cancel() {
    markBytes = Long.MAX_VALUE;
    action = Optional.empty();
  }

  /** How many bytes a request of which that many have passed is short of the mark; 0 if none. */
  long bytesBefore(long passedBytes) {
    return Math.max(0, markBytes - passedBytes);
  }

  /** Runs the action on a thread of its own, then {@code afterwards} on the same. */
  void fire(Runnable afterwards) {
    Runnable once = action.orElseThrow();
    cancel();
    Thread thread =
        new Thread(
            () -> {
              try {
                once.run();
              } finally {
                afterwards.run();
              }
            },
            threadName);
    thread.setDaemon(true);
    thread.start();
  }
}
