package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.RequestPacer;
import io.sluice.clickhouse.send.RetryBackoff;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When a lane may send: one request at a time and per window, after a failure later. Task thread
 * only.
 */
final class Gate {
  private final SendQueue queue;
  private final RequestPacer pacer;
  private final RetryBackoff backoff;
  private final LongSupplier nanoTime;
  private long notBeforeNanos;
  private int consecutiveFailures;

  Gate(SendQueue queue, RequestPacer pacer, RetryBackoff backoff, LongSupplier nanoTime) {
    this.queue = queue;
    this.pacer = pacer;
    this.backoff = backoff;
    this.nanoTime = nanoTime;
    this.notBeforeNanos = nanoTime.getAsLong();
  }

  SendQueue queue() {
    return queue;
  }

  /** How long until the lane may start a request; zero when it may now. */
  Duration untilOpen() {
    long retryIn = Math.max(0, notBeforeNanos - nanoTime.getAsLong());
    return longer(pacer.untilNextRequest(), Duration.ofNanos(retryIn));
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

  /**
   * Settles the request in flight.
   *
   * @param startedAtNanos when the request started, on this gate's clock
   */
  void settle(Batch batch, Outcome outcome, long startedAtNanos) {
    if (outcome.isInDoubt()) {
      queue.setInDoubt(batch);
    }
    switch (outcome.kind()) {
      case ACCEPTED -> {
        queue.acknowledge(batch);
        pacer.accepted(startedAtNanos);
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
    notBeforeNanos = nanoTime.getAsLong() + delay.toNanos();
  }

  /** The batch that may be sent at this very moment. */
  Optional<Batch> next() {
    return untilOpen().isZero() ? queue.sendable(nanoTime.getAsLong()) : Optional.empty();
  }

  /** As {@link #next}; the batch is in flight from now on. */
  Optional<Batch> offer() {
    return untilOpen().isZero() ? queue.offer(nanoTime.getAsLong()) : Optional.empty();
  }
}
