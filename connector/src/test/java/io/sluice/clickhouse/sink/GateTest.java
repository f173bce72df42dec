package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.block.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.RetryBackoff;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final AtomicInteger tokens = new AtomicInteger();
  private final SendQueue queue =
      new SendQueue(1_000, () -> Integer.toString(tokens.incrementAndGet()));

  /** Starts shortly before a monotonic clock overflows, since it may. */
  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

  private final Gate gate =
      new Gate(queue, WINDOW, new RetryBackoff(WINDOW, new Random(1)), () -> nanos);

  @Test
  void staysShutUntilABatchIsCovered() {
    queue.add(block(100));
    queue.freeze(1);
    assertThat(gate.next()).isEmpty();

    queue.checkpointCompleted(1);

    assertThat(gate.next()).isPresent();
  }

  @Test
  void staysShutWhileARequestIsInFlight() {
    Batch batch = coveredBatch();

    assertThat(offer()).contains(batch);

    assertThat(gate.next()).isEmpty();
    assertThat(queue.unacknowledged()).containsExactly(batch);
  }

  @Test
  void staysShutForAWindowFromTheStartOfAnAcceptedRequest() {
    Batch first = coveredBatch();
    offer();
    long started = nanos;
    pass(Duration.ofSeconds(20));
    gate.settle(first, outcome(Kind.ACCEPTED, true), started);
    coveredBatch();

    pass(Duration.ofSeconds(39));
    assertThat(gate.next()).isEmpty();
    assertThat(gate.untilOffer()).contains(Duration.ofSeconds(1).plus(Gate.GUARD));
    pass(Duration.ofSeconds(1).plus(Gate.GUARD).minusNanos(1));
    assertThat(gate.untilOpen()).isEqualTo(Duration.ofNanos(1));
    pass(Duration.ofNanos(1));
    assertThat(gate.next()).isPresent();
  }

  @Test
  void staysOpenLongAfter() {
    Batch first = coveredBatch();
    offer();
    gate.settle(first, outcome(Kind.ACCEPTED, true), nanos);
    pass(Duration.ofDays(365));

    assertThat(gate.untilOpen()).isZero();
  }

  @Property
  void neverLetsTwoRequestsStartWithinAWindow(
      @ForAll @IntRange(min = 0, max = 120_000) int[] requestMillis) {
    long lastStart = nanos - WINDOW.plus(Gate.GUARD).toNanos();
    for (int millis : requestMillis) {
      Batch batch = coveredBatch();
      pass(gate.untilOpen());
      assertThat(nanos - lastStart).isGreaterThanOrEqualTo(WINDOW.plus(Gate.GUARD).toNanos());
      lastStart = nanos;
      assertThat(offer()).contains(batch);
      pass(Duration.ofMillis(millis));
      gate.settle(batch, outcome(Kind.ACCEPTED, true), lastStart);
    }
  }

  @Test
  void offersAgainSoonAfterARejectionThatCostNothing() {
    Batch batch = coveredBatch();
    offer();
    gate.settle(batch, outcome(Kind.TOO_EARLY, false), nanos);

    assertThat(gate.next()).isEmpty();
    assertThat(gate.untilOpen()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    pass(gate.untilOpen());
    assertThat(offer()).contains(batch);
  }

  @Test
  void waitsLongerAfterEachFailureInARow() {
    Batch batch = coveredBatch();
    Duration before = Duration.ZERO;
    for (int failure = 1; failure <= 6; failure++) {
      offer();
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
    offer();
    gate.settle(batch, outcome(Kind.REFUSED, true), nanos);

    assertThat(gate.untilOffer()).contains(WINDOW);
    pass(WINDOW);
    assertThat(offer()).contains(batch);
  }

  @Test
  void triesARefusedBatchLessOftenTheMoreOftenItWasRefused() {
    Batch batch = coveredBatch();
    for (int windows : new int[] {1, 2, 4, 8, 8}) {
      offer();
      gate.settle(batch, outcome(Kind.REFUSED, true), nanos);

      assertThat(gate.untilOffer()).contains(WINDOW.multipliedBy(windows));
      assertThat(gate.untilOffer(batch)).isEqualTo(WINDOW.multipliedBy(windows));
      pass(WINDOW.multipliedBy(windows));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TOO_LARGE", "REFUSED"})
  void offersTheNextBatchAtOnceAfterOneThatCostNoWindow(Kind kind) {
    Batch bad = new Batch("bad", List.of(block(900)));
    Batch good = new Batch("good", List.of(block(100)));
    queue.restore(bad, false);
    queue.restore(good, false);
    offer();
    gate.settle(bad, outcome(kind, false), nanos);

    assertThat(gate.untilOffer()).contains(Duration.ofMillis(500));
    pass(Duration.ofMillis(500));
    assertThat(offer()).contains(good);
  }

  @Test
  void offersOthersAtOnceAfterABatchWasHalved() {
    queue.add(block(500));
    queue.add(block(500));
    Batch whole = queue.freeze(1).get(0);
    queue.add(block(900));
    Batch other = queue.freeze(2).get(1);
    queue.checkpointCompleted(2);
    offer();
    gate.settle(whole, outcome(Kind.TOO_LARGE, false), nanos);

    assertThat(offer()).contains(other);
  }

  @Test
  void countsFailuresAnewAfterAnAcceptedRequest() {
    Batch batch = coveredBatch();
    for (int failure = 1; failure <= 4; failure++) {
      offer();
      gate.settle(batch, outcome(Kind.TOO_EARLY, false), nanos);
      pass(gate.untilOpen());
    }
    offer();
    gate.settle(batch, outcome(Kind.ACCEPTED, true), nanos);
    pass(WINDOW.plus(Gate.GUARD));
    Batch next = coveredBatch();
    offer();
    gate.settle(next, outcome(Kind.TOO_EARLY, false), nanos);

    assertThat(gate.untilOpen()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aConstraintLeavesNoDoubtButAlsoDispelsNone() {
    Batch batch = coveredBatch();
    offer();
    gate.settle(batch, new Outcome(Kind.REFUSED, true, 500, 469, ""), nanos);
    assertThat(queue.requestsInDoubt()).isZero();
    assertThat(queue.mayBeApplied(batch)).isTrue();

    offer();
    gate.settle(batch, outcome(Kind.TRY_AGAIN, true), nanos);
    offer();
    gate.settle(batch, new Outcome(Kind.REFUSED, true, 500, 469, ""), nanos);

    assertThat(queue.requestsInDoubt()).isOne();
  }

  @Test
  void aRefusalForAnyOtherReasonLeavesDoubtOnceTheBodyHasLeft() {
    Batch batch = coveredBatch();
    offer();
    gate.settle(batch, new Outcome(Kind.REFUSED, false, 500, 60, ""), nanos);
    assertThat(queue.requestsInDoubt()).isZero();

    offer();
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

  private static Outcome outcome(Kind kind, boolean mayBeApplied) {
    return new Outcome(kind, mayBeApplied, 0, 0, "");
  }

  private Optional<Batch> offer() {
    Optional<Batch> next = gate.next();
    next.ifPresent(queue::send);
    return next;
  }
}
