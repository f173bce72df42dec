package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.hold.Intake;
import io.sluice.clickhouse.hold.Valve;
import io.sluice.clickhouse.http.ClickHouseClient;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.RequestPacer;
import io.sluice.clickhouse.send.RetryBackoff;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** One subtask's way to ClickHouse: its endpoint, its window, its gate and its valve. */
final class Lane implements AutoCloseable {
  private final int index;
  private final SinkSettings settings;
  private final WhenFull whenFull;
  private final Intake intake;
  private final LaneParts parts;
  private final Valve valve;
  private final ClickHouseClient client;
  private final ExecutorService requests;
  private final Gate gate;
  private final BufferMemory.Share buffer;

  private Lane(
      int index, SinkSettings settings, WhenFull whenFull, Intake intake, LaneParts parts) {
    this.index = index;
    this.settings = settings;
    this.whenFull = whenFull;
    this.intake = intake;
    this.parts = parts;
    // What only computes comes first: if it fails, nothing is open yet.
    this.gate =
        new Gate(
            new SendQueue(settings.maxRequestBytes(), parts.tokens()),
            new RequestPacer(settings.window(), RequestPacer.DEFAULT_GUARD, nanoTime()),
            new RetryBackoff(settings.window(), parts.jitter()),
            nanoTime());
    this.client = parts.clients().apply(settings.lanes().get(index));
    this.requests = parts.requestThreads().apply("clickhouse-requests-" + index);
    this.buffer = parts.bufferMemory().open(settings);
    this.valve = intake.open(index);
  }

  static Lane open(
      SinkSettings settings,
      WhenFull whenFull,
      Intake intake,
      WriterInitContext context,
      LaneParts parts) {
    int lanes = context.getTaskInfo().getNumberOfParallelSubtasks();
    if (lanes != settings.lanes().size()) {
      throw new IllegalStateException(
          "%d subtasks run, but there are %d endpoints; each needs one of its own"
              .formatted(lanes, settings.lanes().size()));
    }
    return new Lane(
        context.getTaskInfo().getIndexOfThisSubtask(), settings, whenFull, intake, parts);
  }

  InsertRequest request(Batch batch) {
    return new InsertRequest(
        settings.statement(), batch.token(), batch.frames(), Math.toIntExact(batch.rowCount()));
  }

  LongSupplier nanoTime() {
    return parts.nanoTime();
  }

  LongSupplier epochMilli() {
    return parts.epochMilli();
  }

  int index() {
    return index;
  }

  Gate gate() {
    return gate;
  }

  Valve valve() {
    return valve;
  }

  ClickHouseClient client() {
    return client;
  }

  WhenFull whenFull() {
    return whenFull;
  }

  /** The one thread that requests run on. */
  ExecutorService requests() {
    return requests;
  }

  long maxRequestBytes() {
    return settings.maxRequestBytes();
  }

  /** May change while the lane is open. */
  long maxBufferBytes() {
    return buffer.limitBytes();
  }

  Duration window() {
    return settings.window();
  }

  /** Cuts off a request under way; its batch is in the checkpoint and is sent again. */
  @Override
  public void close() {
    client.close();
    requests.shutdownNow();
    buffer.close();
    intake.close(index, valve);
  }
}
