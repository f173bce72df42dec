package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.hold.Intake;
import io.sluice.clickhouse.hold.Valve;
import io.sluice.clickhouse.http.ClickHouseClient;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.RetryBackoff;
import io.sluice.clickhouse.send.SendQueue;
import java.util.concurrent.ExecutorService;
import org.apache.flink.api.common.TaskInfo;

/** One subtask's way to ClickHouse: its endpoint, its window, its gate and its valve. */
final class Lane implements AutoCloseable {
  final int index;
  final SinkSettings settings;
  final LaneParts parts;
  final Gate gate;
  final Valve valve;
  final ClickHouseClient client;

  /** The one thread that requests run on. */
  final ExecutorService requests;

  private final Intake intake;
  private final BufferMemory.Share buffer;

  Lane(SinkSettings settings, Intake intake, TaskInfo task, LaneParts parts) {
    int subtasks = task.getNumberOfParallelSubtasks();
    if (subtasks != settings.lanes().size()) {
      throw new IllegalStateException(
          "%d subtasks run, but there are %d endpoints; each needs one of its own"
              .formatted(subtasks, settings.lanes().size()));
    }
    this.index = task.getIndexOfThisSubtask();
    this.settings = settings;
    this.parts = parts;
    this.intake = intake;
    this.gate =
        new Gate(
            new SendQueue(settings.maxRequestBytes(), parts.tokens()),
            settings.window(),
            new RetryBackoff(settings.window(), parts.jitter()),
            parts.nanoTime());
    this.client = parts.clients().apply(settings.lanes().get(index));
    this.requests = parts.requestThreads().apply("clickhouse-requests-" + index);
    this.buffer = parts.bufferMemory().open(settings);
    this.valve = intake.open(index);
  }

  InsertRequest request(Batch batch) {
    return new InsertRequest(settings.statement(), batch.token(), batch.frames());
  }

  /** May change while the lane is open. */
  long maxBufferBytes() {
    return buffer.limitBytes();
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
