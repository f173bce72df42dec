package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.block.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.RetryBackoff;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

/** What Flink's base class sees of a lane. */
class LaneBufferTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final SendQueue queue = new SendQueue(1_000, () -> "token");
  private final LaneBuffer buffer =
      new LaneBuffer(new Gate(queue, WINDOW, new RetryBackoff(WINDOW, new Random(1)), () -> 1));

  private void add(LaneElement element) {
    buffer.add(new RequestEntryWrapper<>(element, 0), false);
  }

  @Test
  void looksEmptyUntilABatchMayBeSent() {
    add(block(100));
    queue.freeze(1);
    add(LaneSignal.TIMER_FIRED);
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.size()).isZero();
    assertThat(buffer.totalSizeInBytes()).isZero();
    assertThat(buffer.peek()).isNull();
    assertThat(buffer.poll()).isNull();

    add(new CheckpointCompleted(1));

    assertThat(buffer.isEmpty()).isFalse();
    assertThat(buffer.size()).isOne();
    assertThat(buffer.totalSizeInBytes()).isEqualTo(100);
    assertThat(buffer.peek().getRequestEntry()).isEqualTo(queue.unacknowledged().get(0));
  }

  @Test
  void looksEmptyWhileARequestIsInFlightAndKeepsItsBatchInTheState() {
    add(block(100));
    queue.freeze(1);
    add(new CheckpointCompleted(1));

    LaneElement sent = buffer.poll().getRequestEntry();

    assertThat(buffer.isEmpty()).isTrue();
    assertThat(LaneBuffer.uncounted(buffer).getBatchEntries()).isEmpty();
    assertThat(buffer.getBufferedState())
        .extracting(RequestEntryWrapper::getRequestEntry)
        .containsExactly(new BatchState((Batch) sent, false));
  }

  @Test
  void takesOverARestoredBatchAndNoneThatTheBaseClassReturnsForARetry() {
    Batch batch = new Batch("restored", List.of(block(10)));
    add(new BatchState(batch, false));
    RequestEntryWrapper<LaneElement> sent = buffer.poll();

    buffer.add(sent, true);

    assertThat(queue.unacknowledged()).containsExactly(batch);
  }

  @Test
  void leavesItToTheLaneToCountWhatIsStored() {
    add(new BatchState(new Batch("restored", List.of(block(10))), false));

    var batch = LaneBuffer.uncounted(buffer);

    assertThat(batch.getBatchEntries()).hasSize(1);
    assertThat(batch.getRecordCount()).isZero();
    assertThat(batch.getSizeInBytes()).isZero();
  }
}
