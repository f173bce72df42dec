package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.block.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SinkMetricsTest {
  private static final long REQUEST_LIMIT = 1_000;

  private final VirtualMetrics group = new VirtualMetrics();
  private final SendQueue queue = new SendQueue(REQUEST_LIMIT, () -> "token");
  private final SinkMetrics metrics =
      new SinkMetrics(group, queue, () -> 0, () -> 0, () -> 10_000, Duration.ofMinutes(1));

  /** And none of another name. */
  @Test
  void areAllThere() {
    Set<SinkMetric> ofTheEncoder =
        EnumSet.of(
            SinkMetric.BLOCKS_ENCODED,
            SinkMetric.ROWS_ENCODED,
            SinkMetric.RAW_BYTES_ENCODED,
            SinkMetric.COMPRESSED_BYTES_ENCODED,
            SinkMetric.UNENCODED_ROWS);

    assertThat(group.names())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.copyOf(ofTheEncoder)).stream()
                .map(metric -> metric.metricName)
                .toList());
  }

  @Test
  void theRequestLimitIsTheConfiguredOneBeforeTheFirstBlock() {
    assertThat(gauge("requestLimitBytes")).isEqualTo(REQUEST_LIMIT);
  }

  @Test
  void theRequestLimitIsWhatA413LoweredItTo() {
    queue.add(block(300));
    queue.add(block(500));
    queue.freeze(1);
    queue.checkpointCompleted(1);
    queue.tooLarge(offer().orElseThrow(), 1);

    publish();

    assertThat(gauge("requestLimitBytes")).isEqualTo(400);
    assertThat(gauge("requestLimitLowered")).isEqualTo(1);
    assertThat(gauge("batchesAwaitingCheckpoint")).isEqualTo(2);
  }

  @Test
  void batchesMoveFromStateToState() {
    queue.add(block(600));
    queue.freeze(1);
    publish();
    assertThat(gauge("batchesAwaitingCheckpoint")).isEqualTo(1);
    assertThat(gauge("batchesSendable")).isZero();

    queue.checkpointCompleted(1);
    publish();
    assertThat(gauge("batchesAwaitingCheckpoint")).isZero();
    assertThat(gauge("batchesSendable")).isEqualTo(1);

    offer();
    publish();
    assertThat(gauge("batchesSendable")).isZero();
    assertThat(gauge("batchesInFlight")).isEqualTo(1);
  }

  @Test
  void saysWhatTheProxyMustTakeForABlockThatIsTooLarge() {
    queue.add(block(600));
    queue.freeze(1);
    queue.checkpointCompleted(1);
    queue.tooLarge(offer().orElseThrow(), 1);

    publish();

    assertThat(gauge("uncuttableBytes")).isEqualTo(600);
    assertThat(gauge("batchesSetAside")).isEqualTo(1);
    assertThat(gauge("requestLimitLowered")).isZero();
  }

  private Optional<Batch> offer() {
    Optional<Batch> next = queue.sendable(0);
    next.ifPresent(queue::send);
    return next;
  }

  private void publish() {
    metrics.update(Duration.ZERO, false);
  }

  private long gauge(String name) {
    return group.ownGauge(name).getAsLong();
  }
}
