package io.sluice.sink;

import static io.sluice.sink.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.Outcome;
import io.sluice.clickhouse.Outcome.Kind;
import io.sluice.clickhouse.RequestPacer;
import io.sluice.clickhouse.RetryBackoff;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final AtomicInteger tokens = new AtomicInteger();
  private final SendQueue queue =
      new SendQueue(1_000, () -> Integer.toString(tokens.incrementAndGet()));
  private long nanos = 1;
  private final Gate gate =
      new Gate(
          queue,
          new RequestPacer(WINDOW, Duration.ZERO, () -> nanos),
          new RetryBackoff(WINDOW, new Random(1)),
          () -> nanos);

  @Test
  void looksEmptyUntilABatchIsCovered() {
    queue.add(block(100));
    queue.freeze(1);
    assertThat(gate.isEmpty()).isTrue();
    assertThat(gate.size()).isZero();
    assertThat(gate.totalSizeInBytes()).isZero();

    queue.checkpointCompleted(1);

    assertThat(gate.isEmpty()).isFalse();
    assertThat(gate.size()).isOne();
    assertThat(gate.totalSizeInBytes()).isEqualTo(100);
  }

  @Test
  void looksEmptyWhileARequestIsInFlightButKeepsItsBatchInTheState() {
    Batch batch = coveredBatch();

    assertThat(gate.poll().getRequestEntry()).isEqualTo(batch);

    assertThat(gate.isEmpty()).isTrue();
    assertThat(gate.getBufferedState())
        .extracting(RequestEntryWrapper::getRequestEntry)
        .containsExactly(batch);
  }

  @Test
  void staysShutForAWindowFromTheStartOfAnAcceptedRequest() {
    Batch first = coveredBatch();
    gate.poll();
    long started = nanos;
    pass(Duration.ofSeconds(20));
    gate.settle(first, outcome(Kind.ACCEPTED, true), started);
    coveredBatch();

    pass(Duration.ofSeconds(39));
    assertThat(gate.isEmpty()).isTrue();
    assertThat(gate.untilOffer()).contains(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertThat(gate.isEmpty()).isFalse();
  }

  @Test
  void offersAgainSoonAfterARejectionThatCostNothing() {
    Batch batch = coveredBatch();
    gate.poll();
    gate.settle(batch, outcome(Kind.TOO_EARLY, false), nanos);

    assertThat(gate.isEmpty()).isTrue();
    assertThat(gate.untilOpen()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    pass(gate.untilOpen());
    assertThat(gate.poll().getRequestEntry()).isEqualTo(batch);
  }

  @Test
  void waitsLongerAfterEachFailureInARow() {
    Batch batch = coveredBatch();
    Duration before = Duration.ZERO;
    for (int failure = 1; failure <= 6; failure++) {
      gate.poll();
      gate.settle(batch, outcome(Kind.TRY_AGAIN, true), nanos);
      // Half of each delay is random, so every other one is longer for sure.
      if (failure % 2 == 0) {
        assertThat(gate.untilOpen()).isGreaterThan(before);
        before = gate.untilOpen();
      }
      pass(gate.untilOpen());
    }
  }

  @Test
  void triesARefusedBatchAgainOncePerWindow() {
    Batch batch = coveredBatch();
    gate.poll();
    gate.settle(batch, outcome(Kind.REFUSED, true), nanos);

    assertThat(gate.untilOffer()).contains(WINDOW);
    pass(WINDOW);
    assertThat(gate.poll().getRequestEntry()).isEqualTo(batch);
  }

  @Test
  void restoresWhatTheBaseClassHandsOverAndKeepsNoKnock() {
    gate.add(new RequestEntryWrapper<>(Gate.KNOCK, 0), false);
    assertThat(queue.isEmpty()).isTrue();

    Batch restored = new Batch("restored", List.of(block(10)));
    gate.add(Gate.wrap(restored), false);

    assertThat(gate.poll().getRequestEntry()).isEqualTo(restored);
  }

  @Test
  void doesNotDoubleABatchThatTheBaseClassReturnsForARetry() {
    Batch batch = coveredBatch();
    gate.poll();
    gate.settle(batch, outcome(Kind.TRY_AGAIN, true), nanos);

    gate.add(Gate.wrap(batch), true);

    assertThat(queue.unacknowledged()).containsExactly(batch);
  }

  @Test
  void neverTellsTheBaseClassToBlock() {
    assertThat(gate.shouldBlock(() -> 1)).isFalse();
  }

  @Test
  void aConstraintLeavesNoDoubtButAlsoDispelsNone() {
    Batch batch = coveredBatch();
    gate.poll();
    gate.settle(batch, new Outcome(Kind.REFUSED, true, 500, 469, ""), nanos);
    assertThat(queue.requestsInDoubt()).isZero();
    assertThat(queue.mayBeApplied(batch)).isTrue();

    queue.offer();
    gate.settle(batch, outcome(Kind.TRY_AGAIN, true), nanos);
    queue.offer();
    gate.settle(batch, new Outcome(Kind.REFUSED, true, 500, 469, ""), nanos);

    assertThat(queue.requestsInDoubt()).isOne();
  }

  @Test
  void aRefusalForAnyOtherReasonLeavesDoubtOnceTheBodyHasLeft() {
    Batch batch = coveredBatch();
    gate.poll();
    gate.settle(batch, new Outcome(Kind.REFUSED, false, 500, 60, ""), nanos);
    assertThat(queue.requestsInDoubt()).isZero();

    queue.offer();
    gate.settle(batch, new Outcome(Kind.REFUSED, true, 500, 60, ""), nanos);

    assertThat(queue.requestsInDoubt()).isOne();
  }

  private Batch coveredBatch() {
    queue.add(block(100));
    Batch batch = queue.freeze(tokens.get() + 1).get(0);
    queue.checkpointCompleted(tokens.get());
    return batch;
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Outcome outcome(Kind kind, boolean mayHaveBeenApplied) {
    return new Outcome(kind, mayHaveBeenApplied, 0, 0, "");
  }
}
