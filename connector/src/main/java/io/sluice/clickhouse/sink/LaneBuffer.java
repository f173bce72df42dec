package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.base.sink.writer.RequestBuffer;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;

/**
 * Adapts {@link SendQueue} and {@link Gate} to Flink's {@code AsyncSinkWriter}: everything that is
 * particular to the base class is in this class.
 *
 * <pre>
 *   block ──────────────┐                    ┌─ open blocks, frozen, covered ─┐   (SendQueue)
 *   checkpoint completed├─▶ write ─▶ add ─▶ │                                │
 *   stop mark           │       │            └───────────────┬────────────────┘
 *   timer fired ────────┘       │                            │ a batch, if the window is open (Gate)
 *                               ▼                            ▼
 *                  "is there a full request?" ─▶ size(): 1, or 0 ─▶ poll ─▶ submitRequestEntries
 * </pre>
 *
 * <p>The base class looks at its buffer after each entry and after each request, and submits what
 * it finds. So all that may make a batch sendable comes as an entry, time included. Where its
 * buffer is not empty and its rate limiter blocks, the base class waits on the task thread; so this
 * buffer looks empty until a batch may go at this very moment, and the rate limiter, its default,
 * has nothing to limit. A batch is one entry, and one request.
 *
 * <p>Task thread only.
 */
final class LaneBuffer implements RequestBuffer<LaneElement> {
  /** Longer than any request; added to the time of day without an overflow. */
  static final Duration A_DAY = Duration.ofDays(1);

  private final Gate gate;
  private final SendQueue queue;

  LaneBuffer(Gate gate) {
    this.gate = gate;
    this.queue = gate.queue;
  }

  static AsyncSinkWriterConfiguration configuration() {
    return AsyncSinkWriterConfiguration.builder()
        .setMaxBatchSize(1)
        .setMaxBatchSizeInBytes(Long.MAX_VALUE)
        .setMaxInFlightRequests(1)
        .setMaxBufferedRequests(Integer.MAX_VALUE)
        .setMaxTimeInBufferMS(A_DAY.toMillis())
        .setMaxRecordSizeInBytes(Long.MAX_VALUE)
        .setRequestTimeoutMS(A_DAY.toMillis())
        .build();
  }

  /** The base class counts what it submits as sent; we count what is acknowledged, so it gets 0. */
  static org.apache.flink.connector.base.sink.writer.Batch<LaneElement> uncounted(
      RequestBuffer<LaneElement> buffer) {
    RequestEntryWrapper<LaneElement> next = buffer.poll();
    return new org.apache.flink.connector.base.sink.writer.Batch<>(
        next == null ? List.of() : List.of(next.getRequestEntry()), 0) {
      @Override
      public int getRecordCount() {
        return 0;
      }
    };
  }

  @Override
  public void add(RequestEntryWrapper<LaneElement> entry, boolean isRetry) {
    LaneElement element = entry.getRequestEntry();
    if (element instanceof Block block) {
      queue.add(block);
    } else if (element instanceof CheckpointCompleted completed) {
      queue.checkpointCompleted(completed.checkpointId());
    } else if (element == LaneSignal.STOP_TAKEN) {
      queue.withdraw();
    } else if (element == LaneSignal.STOP_RESTORED) {
      queue.believe();
    } else if (element instanceof BatchState restored) {
      queue.restore(restored.batch(), restored.neverApplied());
    }
    // A retry is a batch that the queue never let go of.
  }

  @Override
  public RequestEntryWrapper<LaneElement> poll() {
    Optional<Batch> next = gate.next();
    next.ifPresent(queue::send);
    return next.map(LaneBuffer::entry).orElse(null);
  }

  @Override
  public RequestEntryWrapper<LaneElement> peek() {
    return gate.next().map(LaneBuffer::entry).orElse(null);
  }

  private static RequestEntryWrapper<LaneElement> entry(Batch batch) {
    return new RequestEntryWrapper<>(batch, batch.byteCount());
  }

  @Override
  public boolean isEmpty() {
    return gate.next().isEmpty();
  }

  @Override
  public int size() {
    return isEmpty() ? 0 : 1;
  }

  @Override
  public long totalSizeInBytes() {
    return gate.next().map(Batch::byteCount).orElse(0L);
  }

  /** All that is frozen and not acknowledged, whatever may be sent now. */
  @Override
  public Collection<RequestEntryWrapper<LaneElement>> getBufferedState() {
    return queue.unacknowledged().stream()
        .map(batch -> new BatchState(batch, queue.wasNeverApplied(batch)).entry())
        .toList();
  }
}
