package io.sluice.bench.network;

import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands work of other threads to the loop that owns the selector. Thread-safe. */
final class CommandQueue {
  private final Selector selector;
  private final Queue<Command> waiting = new ConcurrentLinkedQueue<>();
  private final List<Command> ran = new ArrayList<>();
  private volatile Optional<RuntimeException> failure = Optional.empty();
  private volatile boolean closed;

  /** Work, and whoever waits for it. */
  private record Command(Runnable work, CompletableFuture<Void> done) {
    private boolean ran() {
      try {
        work.run();
        return true;
      } catch (RuntimeException failed) {
        done.completeExceptionally(failed);
        return false;
      }
    }
  }

  CommandQueue(Selector selector) {
    this.selector = selector;
  }

  /**
   * Returns when the loop has completed it, and throws what it has thrown. Does nothing if the loop
   * has ended.
   *
   * @throws IllegalStateException if the loop has failed
   */
  void now(Runnable work) {
    Command command = new Command(work, new CompletableFuture<>());
    waiting.add(command);
    if (closed) {
      dropAll();
    } else {
      selector.wakeup();
    }
    try {
      command.done().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** Runs what waits; returns whether something ran that is to be completed. For the loop. */
  boolean runAll() {
    for (Command next = waiting.poll(); next != null; next = waiting.poll()) {
      if (next.ran()) {
        ran.add(next);
      }
    }
    return !ran.isEmpty();
  }

  /** What has run can now be seen from outside. For the loop. */
  void completeAll() {
    ran.forEach(this::complete);
    ran.clear();
  }

  /** The loop has ended: nobody waits for it any longer. */
  void close() {
    closed = true;
    completeAll();
    dropAll();
  }

  /** The loop is about to end for that reason: whoever still wants something is to know. */
  void fail(RuntimeException cause) {
    failure = Optional.of(new IllegalStateException("the link has failed", cause));
  }

  private void dropAll() {
    for (Command next = waiting.poll(); next != null; next = waiting.poll()) {
      complete(next);
    }
  }

  private void complete(Command command) {
    failure.ifPresent(command.done()::completeExceptionally);
    command.done().complete(null);
  }
}
