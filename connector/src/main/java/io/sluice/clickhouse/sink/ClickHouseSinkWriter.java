package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.hold.Intake;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.SendQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of one lane: blocks go to the {@link SendQueue}, requests run on a thread of their
 * own, and a timer looks at the {@link Gate} when the window opens. The task thread waits for
 * nothing but room, and for that only where {@link WhenFull} says so.
 */
final class ClickHouseSinkWriter extends AsyncSinkWriter<LaneElement, LaneElement> {
  private static final Logger LOG = LoggerFactory.getLogger(ClickHouseSinkWriter.class);

  private final Lane lane;
  private final WhenFull whenFull;
  private final LaneBuffer buffer;
  private final Gate gate;
  private final SendQueue queue;
  private final SinkMetrics metrics;
  private final RequestLog log;
  private final MailboxExecutor mailbox;
  private final ProcessingTimeService timers;
  private ScheduledFuture<?> nextLook;
  private long nextLookEpochMilli = Long.MAX_VALUE;
  private boolean endIsInSnapshot;
  private boolean waitsForRoom;

  /** Builds the gate first: the constructor of the base class already restores into it. */
  static ClickHouseSinkWriter open(
      SinkSettings settings,
      WhenFull whenFull,
      Intake intake,
      WriterInitContext context,
      Collection<BufferedRequestState<LaneElement>> restored,
      LaneParts parts) {
    Lane lane = new Lane(settings, intake, context.getTaskInfo(), parts);
    try {
      return new ClickHouseSinkWriter(lane, whenFull, new LaneBuffer(lane.gate), context, restored);
    } catch (RuntimeException | Error e) {
      // Flink closes a writer only once it has one.
      lane.close();
      throw e;
    }
  }

  private ClickHouseSinkWriter(
      Lane lane,
      WhenFull whenFull,
      LaneBuffer buffer,
      WriterInitContext context,
      Collection<BufferedRequestState<LaneElement>> restored) {
    super(
        (element, unused) -> element,
        context,
        LaneBuffer.configuration(),
        restored,
        (info, entries) -> LaneBuffer.uncounted(entries),
        buffer);
    this.lane = lane;
    this.whenFull = whenFull;
    this.buffer = buffer;
    this.gate = lane.gate;
    this.queue = gate.queue;
    this.log = new RequestLog(lane.index, gate, lane.settings.window(), lane.parts.nanoTime());
    this.mailbox = context.getMailboxExecutor();
    this.timers = context.getProcessingTimeService();
    this.metrics =
        new SinkMetrics(
            context.metricGroup(),
            queue,
            lane.parts.epochMilli(),
            lane.parts.nanoTime(),
            lane::maxBufferBytes,
            lane.settings.window());
    if (!queue.isEmpty()) {
      LOG.info(
          "Lane {}: restored {} unacknowledged batches, {} rows, {} bytes",
          lane.index,
          queue.unacknowledged().size(),
          queue.frozenRows(),
          queue.frozenBytes());
    }
    changed();
  }

  @Override
  public void write(LaneElement element, Context context) throws IOException, InterruptedException {
    if (element instanceof Block) {
      awaitRoom();
    }
    super.write(element, context);
    changed();
  }

  /** Barriers and other elements wait meanwhile; mails, such as answers, do not. */
  private void awaitRoom() throws InterruptedException {
    while (whenFull == WhenFull.BLOCK
        && isFull()
        && queue.shrinksWithoutCheckpoint(lane.maxBufferBytes())) {
      waitsForRoom = true;
      publish();
      mailbox.yield();
    }
    waitsForRoom = false;
  }

  private boolean isFull() {
    return queue.totalBytes() >= lane.maxBufferBytes();
  }

  /** To be called after each change of the queue: keeps timer, valve and metrics up with it. */
  private void changed() {
    gate.untilOffer().ifPresent(this::lookAfter);
    lane.valve.hold(whenFull == WhenFull.HOLD_SOURCE && isFull());
    if (endIsInSnapshot && queue.isEmpty()) {
      lane.valve.drained();
    }
    publish();
  }

  private void publish() {
    metrics.update(gate.untilOpen(), waitsForRoom || lane.valve.isHeld());
  }

  private void lookAfter(Duration delay) {
    long now = timers.getCurrentProcessingTime();
    // Rounded up: a look a moment too early finds the gate shut.
    long due = now + delay.toMillis() + 1;
    if (nextLookEpochMilli > now && nextLookEpochMilli <= due) {
      return;
    }
    if (nextLook != null) {
      nextLook.cancel(false);
    }
    nextLookEpochMilli = due;
    nextLook =
        timers.registerTimer(
            due,
            time -> {
              nextLookEpochMilli = Long.MAX_VALUE;
              write(LaneSignal.TIMER_FIRED, null);
            });
  }

  @Override
  protected void submitRequestEntries(
      List<LaneElement> entries, ResultHandler<LaneElement> handler) {
    Batch batch = (Batch) entries.get(0);
    boolean resend = queue.mayBeApplied(batch);
    long startedAtNanos = lane.parts.nanoTime().getAsLong();
    InsertRequest request = lane.request(batch);
    // Before the request: who reads that no batch is in doubt may rely on it.
    publish();
    lane.requests.execute(
        () -> {
          try {
            Outcome outcome = lane.client.insert(request);
            mailbox.execute(
                () -> settle(batch, resend, startedAtNanos, outcome, handler),
                "settle batch %s",
                batch.token());
          } catch (RejectedExecutionException taskIsClosing) {
            LOG.debug("Batch {} stays in the checkpoint", batch.token(), taskIsClosing);
          } catch (Throwable bugOrNoMemory) {
            // The client turns all that a network does into outcomes.
            handler.completeExceptionally(
                new IllegalStateException("Request failed", bugOrNoMemory));
          }
        });
  }

  private void settle(
      Batch batch,
      boolean resend,
      long startedAtNanos,
      Outcome outcome,
      ResultHandler<LaneElement> handler) {
    gate.settle(batch, outcome, startedAtNanos);
    metrics.settled(batch, outcome, resend);
    log.settled(batch, resend, outcome, startedAtNanos);
    // The base class frees its one request; of what becomes of the batch the queue has made a note.
    handler.complete();
    changed();
  }

  /**
   * Before a barrier there is nothing to wait for: what is in flight is in the snapshot, too. At
   * the end of the input everything is sent, window by window.
   */
  @Override
  public void flush(boolean endOfInput) throws InterruptedException {
    if (!endOfInput) {
      return;
    }
    if (!queue.isEmpty()) {
      LOG.warn(
          "Lane {}: the input has ended, and {} rows are sent that no later checkpoint will cover; if"
              + " the job fails before it has ended, they are sent again and stored twice. A bounded"
              + " source that the sink holds (hold) ends only when all it read is stored",
          lane.index,
          queue.openRows() + queue.frozenRows());
    }
    queue.coverAll();
    changed();
    while (!queue.isEmpty()) {
      mailbox.yield();
    }
  }

  @Override
  public List<BufferedRequestState<LaneElement>> snapshotState(long checkpointId) {
    queue.freeze(checkpointId);
    List<BufferedRequestState<LaneElement>> state =
        buffer.getBufferedState().stream()
            .map(entry -> new BufferedRequestState<>(List.of(entry)))
            .toList();
    endIsInSnapshot |= lane.valve.hasInputEnded();
    changed();
    return state;
  }

  @Override
  protected long getSizeInBytes(LaneElement element) {
    // The queue counts bytes; the base class need not.
    return 0;
  }

  @Override
  public void close() {
    lane.close();
    super.close();
  }
}
