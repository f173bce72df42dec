package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several slow things at once. */
final class Parallel {
  private Parallel() {}

  /** Runs all to their ends, then throws what the first that failed threw. */
  static void run(List<Runnable> actions) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, actions.size()),
            action -> {
              Thread thread = new Thread(action, "sluice-parallel");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<? extends Future<?>> running = actions.stream().map(threads::submit).toList();
      RuntimeException first = null;
      for (Future<?> one : running) {
        RuntimeException failure = failureOf(one);
        first = first == null ? failure : first;
      }
      if (first != null) {
        throw first;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException failureOf(Future<?> action) {
    try {
      action.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      return OperatorException.interrupted("waiting");
    }
  }
}
