package io.sluice.clickhouse.send;

import static io.sluice.clickhouse.block.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.ArrivalTimes;
import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.Blocks;
import io.sluice.clickhouse.http.InsertRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private static final long LIMIT = 1_000;
  private static final long NOW = 7;
  private static final long LATER = NOW + 60;

  private final AtomicInteger tokensGiven = new AtomicInteger();
  private final SendQueue queue =
      new SendQueue(LIMIT, () -> "token-" + tokensGiven.incrementAndGet());

  /** A request begins, if one may. */
  private Optional<Batch> offer(long nowNanos) {
    Optional<Batch> next = queue.sendable(nowNanos);
    next.ifPresent(queue::send);
    return next;
  }

  @Test
  void sendsNothingThatNoCompletedCheckpointCovers() {
    queue.add(block(100));
    assertThat(queue.sendable(NOW)).isEmpty();

    queue.freeze(1);
    assertThat(queue.sendable(NOW)).isEmpty();

    queue.checkpointCompleted(1);
    assertThat(queue.sendable(NOW)).isPresent();
  }

  @Test
  void aLaterCheckpointCoversABatchWhoseOwnFailed() {
    queue.add(block(100));
    queue.freeze(1);

    queue.checkpointCompleted(2);

    assertThat(queue.sendable(NOW)).isPresent();
  }

  @Test
  void anEarlierCheckpointCoversNothingThatWasFrozenAfterIt() {
    queue.freeze(1);
    queue.add(block(100));
    queue.freeze(2);

    queue.checkpointCompleted(1);

    assertThat(queue.sendable(NOW)).isEmpty();
  }

  @Test
  void keepsABatchInEverySnapshotUntilItIsAcknowledged() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    assertThat(offer(NOW)).contains(batch);

    assertThat(queue.freeze(2)).containsExactly(batch);
    queue.retry(batch, true);
    assertThat(queue.freeze(3)).containsExactly(batch);

    queue.acknowledge(batch);
    assertThat(queue.freeze(4)).isEmpty();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void offersOneBatchAtATime() {
    queue.add(block(LIMIT));
    queue.add(block(LIMIT));
    queue.freeze(1);
    queue.checkpointCompleted(1);

    Batch first = offer(NOW).orElseThrow();
    assertThat(offer(NOW)).isEmpty();

    queue.acknowledge(first);
    assertThat(offer(NOW)).isPresent();
  }

  @Test
  void growsABatchThatWasNotOfferedUnderANewToken() {
    Block early = block(100);
    Block late = block(200);
    queue.add(early);
    Batch small = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    queue.add(late);

    Batch grown = queue.freeze(2).get(0);

    assertThat(grown.blocks()).containsExactly(early, late);
    assertThat(grown.token()).isNotEqualTo(small.token());
    assertThat(queue.sendable(NOW)).as("until checkpoint 2 is complete").isEmpty();
    queue.checkpointCompleted(2);
    assertThat(queue.sendable(NOW)).contains(grown);
  }

  @Test
  void leavesABatchAloneWhenNothingNewFitsIntoIt() {
    queue.add(block(900));
    Batch nearlyFull = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    queue.add(block(200));

    List<Batch> state = queue.freeze(2);

    assertThat(state).hasSize(2).startsWith(nearlyFull);
    assertThat(queue.sendable(NOW)).contains(nearlyFull);
  }

  @Test
  void neverChangesABatchThatMayBeApplied() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    offer(NOW);
    queue.retry(batch, true);
    queue.add(block(100));

    assertThat(queue.freeze(2)).hasSize(2).startsWith(batch);
  }

  @Test
  void neverChangesABatchInFlight() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    offer(NOW);
    queue.add(block(100));

    assertThat(queue.freeze(2)).hasSize(2).startsWith(batch);
  }

  @Test
  void growsABatchThatTheProxyTurnedAwayUnseen() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    offer(NOW);
    queue.retry(batch, false);
    queue.add(block(100));

    assertThat(queue.freeze(2)).hasSize(1).doesNotContain(batch);
  }

  @Test
  void treatsARestoredBatchAsCoveredAndPossiblyApplied() {
    Batch restored = new Batch("from-before", List.of(block(100)));
    queue.restore(restored, false);
    queue.add(block(100));

    assertThat(queue.freeze(7)).hasSize(2).startsWith(restored);
    assertThat(offer(NOW)).contains(restored);
    assertThat(queue.mayBeApplied(restored)).isTrue();
  }

  @Test
  void believedToBeNeverAppliedABatchIsCutAsANewOne() {
    Batch restored = new Batch("from-before", List.of(block(100), block(100)));
    queue.restore(restored, true);
    queue.believe();
    assertThat(queue.requestsInDoubt()).isZero();

    assertThat(queue.sendable(NOW)).as("a failure would bring it back as never sent").isEmpty();
    queue.freeze(1);
    queue.checkpointCompleted(1);
    assertThat(offer(NOW)).contains(restored);
    assertThat(queue.tooLarge(restored, LATER)).isTrue();
  }

  /** If the same state is restored once more, the same request comes, and is recognized. */
  @Test
  void aRestoredBatchNeverGrows() {
    Batch restored = restored("from-before", 100);
    Batch believed = new Batch("believed", List.of(block(100)));
    queue.restore(believed, true);
    queue.believe();
    queue.add(block(100));

    assertThat(queue.freeze(1)).hasSize(3).startsWith(restored, believed);
  }

  @Test
  void whatASnapshotSaysIsNotBelievedUnaskedNorOfABatchOfWhichItSaysNothing() {
    Batch claimed = new Batch("claimed", List.of(block(100), block(100)));
    queue.restore(claimed, true);
    offer(NOW);
    assertThat(queue.tooLarge(claimed, LATER)).isFalse();

    Batch unknown = new Batch("unknown", List.of(block(100), block(100)));
    queue.restore(unknown, false);
    queue.believe();
    assertThat(offer(NOW)).contains(unknown);
    assertThat(queue.tooLarge(unknown, LATER)).isFalse();
  }

  @Test
  void believesNothingOfABatchThatWasOfferedSince() {
    Batch restored = new Batch("from-before", List.of(block(100), block(100)));
    queue.restore(restored, true);
    offer(NOW);

    queue.believe();

    assertThat(queue.tooLarge(restored, LATER)).isFalse();
  }

  @Test
  void knowsWhatWasCertainlyNeverApplied() {
    Batch batch = coveredBatch();
    assertThat(queue.wasNeverApplied(batch)).isTrue();
    offer(NOW);
    assertThat(queue.wasNeverApplied(batch)).as("in flight").isFalse();
    queue.retry(batch, false);
    assertThat(queue.wasNeverApplied(batch)).as("turned away before its body").isTrue();
    offer(NOW);
    queue.retry(batch, true);
    assertThat(queue.wasNeverApplied(batch)).isFalse();
  }

  @Test
  void afterTheSavepointOfAStopNothingGoesOutThatWasNeverSent() {
    Batch sent = restored("sent before", 900);
    queue.add(block(900));
    queue.freeze(1);
    queue.checkpointCompleted(1);
    queue.freeze(2);

    queue.withdraw();

    assertThat(offer(NOW)).contains(sent);
    queue.acknowledge(sent);
    assertThat(queue.sendable(NOW)).isEmpty();
    queue.checkpointCompleted(2);
    assertThat(queue.sendable(NOW)).isEmpty();
    queue.freeze(3);
    queue.checkpointCompleted(3);
    assertThat(queue.sendable(NOW)).as("the stop has failed").isPresent();
  }

  @Test
  void cutsBatchesBelowTheLimitAndFillsThemFirstFit() {
    List.of(600, 600, 300, 400).forEach(bytes -> queue.add(block(bytes)));

    List<Batch> batches = queue.freeze(1);

    assertThat(batches).extracting(Batch::byteCount).containsExactly(900L, 1_000L);
  }

  @Test
  void sendsABlockAboveTheLimitByItself() {
    queue.add(block(LIMIT + 1));
    queue.add(block(10));

    assertThat(queue.freeze(1)).extracting(Batch::byteCount).containsExactly(LIMIT + 1, 10L);
  }

  @Test
  void halvesABatchThatIsTooLargeAndSendsTheHalvesOnlyAfterTheNextCheckpoint() {
    List.of(250, 250, 250, 250).forEach(bytes -> queue.add(block(bytes)));
    Batch whole = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    offer(NOW);

    assertThat(queue.tooLarge(whole, LATER)).isTrue();

    queue.checkpointCompleted(1);
    assertThat(queue.sendable(NOW)).as("a restore would bring the whole back").isEmpty();
    List<Batch> halves = queue.freeze(2);
    assertThat(halves).extracting(Batch::byteCount).containsExactly(500L, 500L);
    assertThat(halves).isEqualTo(whole.halves()).doesNotHaveDuplicates();
    queue.checkpointCompleted(2);
    assertThat(queue.sendable(NOW)).contains(halves.get(0));
  }

  @Test
  void cutsLaterBatchesToWhatTheProxyTakes() {
    List.of(250, 250, 250, 250).forEach(bytes -> queue.add(block(bytes)));
    Batch whole = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    offer(NOW);
    queue.tooLarge(whole, LATER);

    assertThat(queue.requestBytesLimit()).isEqualTo(500);
    assertThat(queue.isRequestLimitLowered()).isTrue();
  }

  @Test
  void neverSplitsABatchThatMayBeApplied() {
    Batch restored = new Batch("from-before", List.of(block(100), block(100)));
    queue.restore(restored, false);
    offer(NOW);

    assertThat(queue.tooLarge(restored, LATER)).isFalse();

    assertThat(queue.freeze(1)).containsExactly(restored);
    assertThat(queue.sendable(NOW)).isEmpty();
    assertThat(queue.sendable(LATER)).contains(restored);
  }

  @Test
  void letsOthersPassABatchThatIsRefused() {
    Batch refused = restored("refused", 100);
    Batch other = restored("other", 100);
    offer(NOW);

    queue.setAside(refused, true, LATER);

    assertThat(queue.sendable(NOW)).contains(other);
    assertThat(queue.unacknowledged()).containsExactlyInAnyOrder(other, refused);
  }

  @Test
  void letsOthersPassABlockThatIsTooLarge() {
    Batch tooLarge = restored("too large", 900);
    Batch other = restored("other", 100);
    offer(NOW);

    assertThat(queue.tooLarge(tooLarge, LATER)).isFalse();

    assertThat(queue.sendable(NOW)).contains(other);
  }

  @Test
  void aBatchThatWasSetAsideIsOfferedWhenItsTimeComesAndBeforeYoungerOnes() {
    Batch refused = restored("refused", 100);
    offer(NOW);
    queue.setAside(refused, true, LATER);

    assertThat(queue.sendable(LATER - 1)).isEmpty();
    assertThat(queue.untilSendable(LATER - 1)).contains(Duration.ofNanos(1));
    Batch other = restored("other", 100);
    assertThat(queue.untilSendable(LATER - 1)).contains(Duration.ZERO);
    offer(NOW);
    queue.acknowledge(other);
    restored("younger", 100);

    assertThat(queue.sendable(LATER)).contains(refused);
  }

  /** However many are set aside: one attempt of theirs for each batch that is stored. */
  @Test
  void afterOneWasSetAsideTheOthersGoBeforeAnyThatWas() {
    Batch refused = restored("refused", 100);
    Batch refusedToo = restored("refused, too", 100);
    for (Batch each : List.of(refused, refusedToo)) {
      assertThat(offer(NOW)).contains(each);
      queue.setAside(each, true, NOW);
    }
    Batch other = restored("other", 100);

    assertThat(offer(NOW)).contains(other);
    queue.retry(other, false);
    assertThat(offer(NOW)).as("until one is stored").contains(other);
    queue.acknowledge(other);

    restored("younger", 100);
    assertThat(queue.sendable(NOW)).contains(refused);
  }

  @Test
  void goesOnWithThoseSetAsideWhereThereAreNoOthers() {
    Batch refused = restored("refused", 100);
    Batch refusedToo = restored("refused, too", 100);
    offer(NOW);
    queue.setAside(refused, true, LATER);

    assertThat(offer(NOW)).contains(refusedToo);
    queue.setAside(refusedToo, true, LATER);

    assertThat(queue.sendable(NOW)).isEmpty();
    assertThat(queue.sendable(LATER)).contains(refused);
  }

  @Test
  void oneThatIsStoredAfterAllEndsTheWaitOfTheOthersThatWereSetAside() {
    Batch first = restored("first", 100);
    Batch second = restored("second", 100);
    for (Batch each : List.of(first, second)) {
      offer(NOW);
      queue.setAside(each, true, each.equals(first) ? LATER : LATER * 100);
    }

    assertThat(offer(LATER)).contains(first);
    queue.acknowledge(first);

    assertThat(queue.sendable(LATER)).contains(second);
  }

  @Test
  void oneThatNobodyObjectedToEndsNoWait() {
    Batch refused = restored("refused", 100);
    Batch other = restored("other", 100);
    offer(NOW);
    queue.setAside(refused, true, LATER);
    offer(NOW);

    queue.acknowledge(other);

    assertThat(queue.sendable(LATER - 1)).isEmpty();
  }

  @Test
  void addsNoRowsToABatchThatWasRefused() {
    Batch refused = coveredBatch();
    offer(NOW);
    queue.setAside(refused, false, LATER);
    queue.add(block(100));

    assertThat(queue.freeze(2)).hasSize(2).startsWith(refused);
  }

  @Test
  void aBatchThatCannotBeCutLeavesTheLimitAlone() {
    Batch one = restored("one block", 900);
    offer(NOW);
    queue.tooLarge(one, LATER);

    assertThat(queue.requestBytesLimit()).isEqualTo(LIMIT);
    assertThat(queue.isRequestLimitLowered()).isFalse();
  }

  @Test
  void saysWhatTheProxyMustTakeForThoseThatCannotBeCut() {
    Batch small = restored("small", 800);
    Batch large = restored("large", 900);
    Batch refused = restored("refused", 990);
    assertThat(queue.uncuttableBytes()).isZero();
    offer(NOW);
    queue.tooLarge(small, LATER);
    offer(NOW);
    queue.tooLarge(large, LATER);
    offer(NOW);
    queue.setAside(refused, true, LATER);

    assertThat(queue.batchesSetAside()).isEqualTo(3);
    assertThat(queue.uncuttableBytes()).isEqualTo(900);
    offer(LATER);
    queue.acknowledge(large);
    assertThat(queue.batchesSetAside()).isEqualTo(2);
    assertThat(queue.uncuttableBytes()).isEqualTo(800);
  }

  private Batch restored(String token, int bytes) {
    Batch batch = new Batch(token, List.of(block(bytes)));
    queue.restore(batch, false);
    return batch;
  }

  @Test
  void makesNoBatchOfMoreRowsThanARequestMayHave() {
    // Narrow rows that compress to nothing: 2^29 of them, twice.
    ArrivalTimes arrivals = new ArrivalTimes(0, 0);
    queue.add(new Block(new byte[] {1}, 1 << 29, 1, arrivals));
    queue.add(new Block(new byte[] {2}, 1 << 29, 1, arrivals));

    List<Batch> batches = queue.freeze(1);

    assertThat(batches).hasSize(2);
    assertThat(batches)
        .allSatisfy(
            batch -> assertThat(batch.rowCount()).isLessThanOrEqualTo(InsertRequest.MAX_ROWS));
  }

  @Test
  void knowsTheOldestRowThatIsOpenOrFrozen() {
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.oldestArrivalEpochMilli()).isEqualTo(Long.MAX_VALUE);

    queue.add(arrivedAt(9_000));
    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.oldestArrivalEpochMilli()).isEqualTo(9_000);
    queue.freeze(1);
    queue.add(arrivedAt(12_000));
    assertThat(queue.oldestArrivalEpochMilli()).isEqualTo(9_000);

    queue.checkpointCompleted(1);
    queue.acknowledge(offer(NOW).orElseThrow());
    assertThat(queue.oldestArrivalEpochMilli()).isEqualTo(12_000);
  }

  private static Block arrivedAt(long epochMilli) {
    return new Block(new byte[] {1}, 1, 1, new ArrivalTimes(epochMilli, epochMilli + 500));
  }

  @Test
  void countsWhatIsOpenAndFrozen() {
    queue.add(block(100));
    queue.freeze(1);
    queue.checkpointCompleted(1);
    offer(NOW);
    queue.add(block(30));

    assertThat(queue.frozenBytes()).isEqualTo(100);
    assertThat(queue.openBytes()).isEqualTo(30);
    assertThat(queue.totalBytes()).isEqualTo(130);
    assertThat(queue.frozenRows() + queue.openRows()).isEqualTo(2 * Blocks.ROWS_PER_BLOCK);
  }

  @Test
  void aBatchIsInDoubtFromItsOfferUntilACheckpointWithoutItCompletes() {
    Batch batch = coveredBatch();
    assertThat(queue.requestsInDoubt()).isZero();

    offer(NOW);
    assertThat(queue.requestsInDoubt()).isOne();
    queue.freeze(2);
    queue.acknowledge(batch);
    assertThat(queue.requestsInDoubt()).as("checkpoint 2 holds it").isOne();
    queue.checkpointCompleted(2);
    assertThat(queue.requestsInDoubt()).as("a failure would bring it back").isOne();
    queue.freeze(3);
    queue.checkpointCompleted(3);

    assertThat(queue.requestsInDoubt()).isZero();
  }

  @Test
  void aRestoredBatchIsInDoubtUntilACheckpointWithoutItCompletes() {
    Batch batch = new Batch("token", List.of(block(100)));
    queue.restore(batch, false);
    assertThat(queue.requestsInDoubt()).isOne();

    offer(NOW);
    queue.acknowledge(batch);
    assertThat(queue.requestsInDoubt()).isOne();
    queue.freeze(9);
    queue.checkpointCompleted(9);

    assertThat(queue.requestsInDoubt()).isZero();
  }

  @Test
  void aBatchThatWasSurelyNotStoredIsNotInDoubtAfterwards() {
    Batch batch = coveredBatch();
    offer(NOW);

    queue.retry(batch, true);

    assertThat(queue.requestsInDoubt()).isZero();
    queue.setInDoubt(batch);
    assertThat(queue.requestsInDoubt()).isOne();
  }

  @Test
  void countsBatchesByWhatTheyWaitFor() {
    queue.add(block(900));
    queue.add(block(800));
    queue.add(block(700));
    assertThat(states()).as("open blocks are no batches").containsExactly(0L, 0L, 0L);

    queue.freeze(1);
    assertThat(states()).containsExactly(3L, 0L, 0L);
    queue.checkpointCompleted(1);
    assertThat(states()).containsExactly(0L, 3L, 0L);
    Batch batch = offer(NOW).orElseThrow();
    assertThat(states()).containsExactly(0L, 2L, 1L);

    queue.tooLarge(batch, LATER);
    assertThat(states()).as("one block cannot be halved").containsExactly(0L, 3L, 0L);
  }

  /** Nobody would ever cover the halves. */
  @Test
  void sendsHalvesWithoutACheckpointAtTheEndOfInput() {
    queue.add(block(400));
    queue.add(block(400));
    queue.coverAll();
    Batch whole = offer(NOW).orElseThrow();

    queue.tooLarge(whole, LATER);

    assertThat(queue.sendable(NOW)).contains(whole.halves().get(0));
  }

  @Test
  void halvesAwaitTheNextCheckpoint() {
    queue.add(block(400));
    queue.add(block(400));
    queue.freeze(1);
    queue.checkpointCompleted(1);

    queue.tooLarge(offer(NOW).orElseThrow(), LATER);

    assertThat(states()).containsExactly(2L, 0L, 0L);
  }

  @Test
  void shrinksWithoutACheckpointWhileABatchIsSendableOrInFlight() {
    queue.add(block(400));
    assertThat(queue.shrinksWithoutCheckpoint(LIMIT)).isFalse();
    queue.freeze(1);
    assertThat(queue.shrinksWithoutCheckpoint(LIMIT)).isFalse();
    queue.checkpointCompleted(1);
    assertThat(queue.shrinksWithoutCheckpoint(LIMIT)).isTrue();

    Batch batch = offer(NOW).orElseThrow();
    assertThat(queue.shrinksWithoutCheckpoint(LIMIT)).isTrue();

    queue.acknowledge(batch);
    assertThat(queue.shrinksWithoutCheckpoint(LIMIT)).isFalse();
  }

  /** Others have to get to their checkpoint; but not so many that they have no end. */
  @Test
  void aBatchThatWasSetAsideIsWaitedForOnlyIfItFillsTheBufferAlone() {
    queue.add(block(400));
    queue.freeze(1);
    queue.checkpointCompleted(1);
    queue.setAside(offer(NOW).orElseThrow(), true, LATER);

    assertThat(queue.shrinksWithoutCheckpoint(401)).isFalse();
    assertThat(queue.shrinksWithoutCheckpoint(400)).isTrue();
  }

  private List<Long> states() {
    return List.of(
        queue.batchesAwaitingCheckpoint(), queue.batchesSendable(), queue.hasInFlight() ? 1L : 0L);
  }

  private Batch coveredBatch() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    return batch;
  }
}
