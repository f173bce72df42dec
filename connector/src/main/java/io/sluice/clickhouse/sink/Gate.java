package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.RetryBackoff;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When a lane may send: one request at a time and per window, after a failure later. Task thread
 * only.
 *
 * <pre>
 * start of accepted request        next may start
 * ├───────── window ─────────┬ guard ┤
 * </pre>
 *
 * <p>Only an accepted request moves the window: a rejected one costs nothing at the proxy. A
 * request of unknown fate may have spent the window, but nothing needs to be assumed of it, since
 * offering too early costs one 503. For the same reason the first request may start at once.
 */
final class Gate {
  /**
   * Covers the time between our start and the moment the proxy sees the request, which may be
   * longer for the first than for the second. nginx's windows are longer than they read: its {@code
   * rate=1r/m} is one per 62.5 s.
   */
  static final Duration GUARD = Duration.ofMillis(100);

  final SendQueue queue;
  private final long pauseNanos;
  private final RetryBackoff backoff;
  private final LongSupplier nanoTime;
  private long opensAtNanos;
  private int consecutiveFailures;

  Gate(SendQueue queue, Duration window, RetryBackoff backoff, LongSupplier nanoTime) {
    this.queue = queue;
    this.pauseNanos = window.plus(GUARD).toNanos();
    this.backoff = backoff;
    this.nanoTime = nanoTime;
    this.opensAtNanos = nanoTime.getAsLong();
  }

  /** How long until the lane may start a request; zero when it may now. */
  Duration untilOpen() {
    // A difference, since a monotonic clock may overflow.
    return Duration.ofNanos(Math.max(0, opensAtNanos - nanoTime.getAsLong()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** How long until a request may start, if there is something to send that waits only for that. */
  Optional<Duration> untilOffer() {
    return queue
        .untilSendable(nanoTime.getAsLong())
        .map(untilSendable -> longer(untilSendable, untilOpen()));
  }

  /** How long until this batch may be offered, if others do not go first. */
  Duration untilOffer(Batch batch) {
    return longer(queue.untilSendable(batch, nanoTime.getAsLong()), untilOpen());
  }

  /** The batch that may be sent at this very moment. */
  Optional<Batch> next() {
    return untilOpen().isZero() ? queue.sendable(nanoTime.getAsLong()) : Optional.empty();
  }

  /** Settles the request in flight, which started then on this gate's clock. */
  void settle(Batch batch, Outcome outcome, long startedAtNanos) {
    if (outcome.isInDoubt()) {
      queue.setInDoubt(batch);
    }
    switch (outcome.kind()) {
      case ACCEPTED -> {
        queue.acknowledge(batch);
        opensAtNanos = startedAtNanos + pauseNanos;
        consecutiveFailures = 0;
      }
      case TOO_EARLY, TRY_AGAIN, NOT_CLICKHOUSE -> {
        queue.retry(batch, outcome.mayBeApplied());
        delay(outcome);
      }
      case REFUSED -> {
        queue.setAside(batch, outcome.mayBeApplied(), notBeforeNanos(batch));
        delay(outcome);
      }
      case TOO_LARGE -> {
        if (!queue.tooLarge(batch, notBeforeNanos(batch))) {
          delay(outcome);
        }
      }
    }
  }

  private long notBeforeNanos(Batch batch) {
    return nanoTime.getAsLong() + backoff.ofBatch(queue.timesSetAside(batch) + 1).toNanos();
  }

  private void delay(Outcome outcome) {
    consecutiveFailures++;
    Duration delay = backoff.delay(outcome.kind(), consecutiveFailures, outcome.retryAfter());
    opensAtNanos = nanoTime.getAsLong() + delay.toNanos();
  }
}
