package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.RequestPacer;
import io.sluice.clickhouse.send.RetryBackoff;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.flink.connector.base.sink.writer.RequestBuffer;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;

/**
 * Shows Flink's {@code AsyncSinkWriter} of the {@link SendQueue} only what may be sent at this very
 * moment: one batch, or nothing. The base class waits in loops while its buffer has entries that
 * its rate limiter does not let pass; a buffer that looks empty never makes it wait.
 *
 * <p>Entries reach the gate in three ways: batches restored from a checkpoint, through {@link
 * #add}; blocks, through {@link #queue()}; and {@link #KNOCK}, an entry that stands for nothing and
 * only makes the base class look again. Task thread only.
 */
final class Gate implements RequestBuffer<Batch>, RateLimitingStrategy {
  /** What the writer adds when the gate may have opened; it is not kept. */
  static final Batch KNOCK = null;

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

  static boolean isKnock(Batch entry) {
    return entry == null;
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
    if (outcome.leavesDoubt()) {
      queue.doubt(batch);
    }
    switch (outcome.kind()) {
      case ACCEPTED -> {
        queue.acknowledge(batch);
        pacer.accepted(startedAtNanos);
        consecutiveFailures = 0;
      }
      case TOO_EARLY, TRY_AGAIN, NOT_CLICKHOUSE -> {
        queue.retry(batch, outcome.mayHaveBeenApplied());
        delay(outcome);
      }
      case REFUSED -> {
        queue.setAside(batch, outcome.mayHaveBeenApplied(), notBeforeNanos(batch));
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

  private Optional<Batch> sendable() {
    return queue.sendable(nanoTime.getAsLong());
  }

  private boolean isOpen() {
    return sendable().isPresent() && untilOpen().isZero();
  }

  @Override
  public void add(RequestEntryWrapper<Batch> entry, boolean prioritize) {
    // A prioritized entry is a retry; the queue never let go of it.
    if (!isKnock(entry.getRequestEntry()) && !prioritize) {
      queue.restore(
          entry.getRequestEntry(), entry instanceof BatchState state && state.neverApplied());
    }
  }

  @Override
  public RequestEntryWrapper<Batch> poll() {
    return isOpen() ? queue.offer(nanoTime.getAsLong()).map(Gate::wrap).orElse(null) : null;
  }

  @Override
  public RequestEntryWrapper<Batch> peek() {
    return isOpen() ? sendable().map(Gate::wrap).orElse(null) : null;
  }

  static RequestEntryWrapper<Batch> wrap(Batch batch) {
    return new RequestEntryWrapper<>(batch, batch.byteCount());
  }

  @Override
  public boolean isEmpty() {
    return !isOpen();
  }

  @Override
  public int size() {
    return isOpen() ? 1 : 0;
  }

  @Override
  public Collection<RequestEntryWrapper<Batch>> getBufferedState() {
    return queue.unacknowledged().stream().map(Gate::wrap).toList();
  }

  @Override
  public long totalSizeInBytes() {
    return isOpen() ? sendable().map(Batch::byteCount).orElse(0L) : 0;
  }

  @Override
  public boolean shouldBlock(RequestInfo requestInfo) {
    return false;
  }

  @Override
  public void registerInFlightRequest(RequestInfo requestInfo) {
    // The queue marks the batch itself when it is polled.
  }

  @Override
  public void registerCompletedRequest(ResultInfo resultInfo) {
    // Settled by outcome, which this result does not tell; see settle.
  }

  @Override
  public int getMaxBatchSize() {
    return 1;
  }
}
