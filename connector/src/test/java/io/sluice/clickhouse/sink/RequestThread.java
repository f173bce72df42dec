package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.sink.Violation.unless;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The thread of a lane's requests, which gets on when the simulation says so. */
final class RequestThread extends AbstractExecutorService {
  private final LongSupplier nanoTime;
  private final Pace pace;
  private final Runnable onSubmit;
  private Runnable next;
  private boolean runs;
  private boolean shutdown;
  private long submittedAtNanos;

  RequestThread(LongSupplier nanoTime, Pace pace, Runnable onSubmit) {
    this.nanoTime = nanoTime;
    this.pace = pace;
    this.onSubmit = onSubmit;
  }

  @Override
  public void execute(Runnable request) {
    unless(next == null && !runs, Invariant.ONE_REQUEST_IN_FLIGHT, "a second one is submitted");
    submittedAtNanos = nanoTime.getAsLong();
    pace.submitted(submittedAtNanos);
    onSubmit.run();
    next = request;
  }

  /** When the request under way was handed over. */
  long submittedAtNanos() {
    return submittedAtNanos;
  }

  boolean hasWork() {
    return next != null;
  }

  boolean isIdle() {
    return next == null && !runs;
  }

  /** Runs the request to its end. */
  void run() {
    Runnable request = next;
    if (request != null) {
      next = null;
      runs = true;
      request.run();
      runs = false;
    }
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    next = null;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && isIdle();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}
