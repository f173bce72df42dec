package io.sluice.sink;

import static io.sluice.sink.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.block.Block;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private static final long LIMIT = 1_000;

  private final AtomicInteger tokensGiven = new AtomicInteger();
  private final SendQueue queue =
      new SendQueue(LIMIT, () -> "token-" + tokensGiven.incrementAndGet());

  @Test
  void sendsNothingThatNoCompletedCheckpointCovers() {
    queue.add(block(100));
    assertThat(queue.sendable()).isEmpty();

    queue.freeze(1);
    assertThat(queue.sendable()).isEmpty();

    queue.checkpointCompleted(1);
    assertThat(queue.sendable()).isPresent();
  }

  @Test
  void aLaterCheckpointCoversABatchWhoseOwnFailed() {
    queue.add(block(100));
    queue.freeze(1);

    queue.checkpointCompleted(2);

    assertThat(queue.sendable()).isPresent();
  }

  @Test
  void anEarlierCheckpointCoversNothingThatWasFrozenAfterIt() {
    queue.freeze(1);
    queue.add(block(100));
    queue.freeze(2);

    queue.checkpointCompleted(1);

    assertThat(queue.sendable()).isEmpty();
  }

  @Test
  void keepsABatchInEverySnapshotUntilItIsAcknowledged() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    assertThat(queue.offer()).contains(batch);

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

    Batch first = queue.offer().orElseThrow();
    assertThat(queue.offer()).isEmpty();

    queue.acknowledge(first);
    assertThat(queue.offer()).isPresent();
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
    assertThat(queue.sendable()).as("until checkpoint 2 is complete").isEmpty();
    queue.checkpointCompleted(2);
    assertThat(queue.sendable()).contains(grown);
  }

  @Test
  void leavesABatchAloneWhenNothingNewFitsIntoIt() {
    queue.add(block(900));
    Batch nearlyFull = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    queue.add(block(200));

    List<Batch> state = queue.freeze(2);

    assertThat(state).hasSize(2).startsWith(nearlyFull);
    assertThat(queue.sendable()).contains(nearlyFull);
  }

  @Test
  void neverChangesABatchThatMayHaveBeenApplied() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    queue.offer();
    queue.retry(batch, true);
    queue.add(block(100));

    assertThat(queue.freeze(2)).hasSize(2).startsWith(batch);
  }

  @Test
  void neverChangesABatchInFlight() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    queue.offer();
    queue.add(block(100));

    assertThat(queue.freeze(2)).hasSize(2).startsWith(batch);
  }

  @Test
  void growsABatchThatTheProxyTurnedAwayUnseen() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    queue.offer();
    queue.retry(batch, false);
    queue.add(block(100));

    assertThat(queue.freeze(2)).hasSize(1).doesNotContain(batch);
  }

  @Test
  void treatsARestoredBatchAsCoveredAndPossiblyApplied() {
    Batch restored = new Batch("from-before", List.of(block(100)));
    queue.restore(restored);
    queue.add(block(100));

    assertThat(queue.freeze(7)).hasSize(2).startsWith(restored);
    assertThat(queue.offer()).contains(restored);
    assertThat(queue.mayBeApplied(restored)).isTrue();
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
    queue.offer();

    assertThat(queue.tooLarge(whole)).isTrue();

    queue.checkpointCompleted(1);
    assertThat(queue.sendable()).as("a restore would bring the whole back").isEmpty();
    List<Batch> halves = queue.freeze(2);
    assertThat(halves).extracting(Batch::byteCount).containsExactly(500L, 500L);
    assertThat(halves).isEqualTo(whole.halves()).doesNotHaveDuplicates();
    queue.checkpointCompleted(2);
    assertThat(queue.sendable()).contains(halves.get(0));
  }

  @Test
  void cutsLaterBatchesToWhatTheProxyTakes() {
    List.of(250, 250, 250, 250).forEach(bytes -> queue.add(block(bytes)));
    Batch whole = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    queue.offer();
    queue.tooLarge(whole);

    assertThat(queue.requestBytesLimit()).isEqualTo(500);
    assertThat(queue.isRequestLimitLowered()).isTrue();
  }

  @Test
  void neverSplitsABatchThatMayHaveBeenApplied() {
    Batch restored = new Batch("from-before", List.of(block(100), block(100)));
    queue.restore(restored);
    queue.offer();

    assertThat(queue.tooLarge(restored)).isFalse();

    assertThat(queue.freeze(1)).containsExactly(restored);
    assertThat(queue.sendable()).contains(restored);
  }

  @Test
  void letsOthersPassABatchThatIsRefused() {
    Batch refused = new Batch("refused", List.of(block(100)));
    Batch other = new Batch("other", List.of(block(100)));
    queue.restore(refused);
    queue.restore(other);
    queue.offer();

    queue.setAside(refused, true);

    assertThat(queue.sendable()).contains(other);
    assertThat(queue.unacknowledged()).containsExactly(other, refused);
  }

  @Test
  void countsWhatIsOpenAndFrozen() {
    queue.add(block(100));
    queue.freeze(1);
    queue.checkpointCompleted(1);
    queue.offer();
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

    queue.offer();
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
    queue.restore(batch);
    assertThat(queue.requestsInDoubt()).isOne();

    queue.offer();
    queue.acknowledge(batch);
    assertThat(queue.requestsInDoubt()).isOne();
    queue.freeze(9);
    queue.checkpointCompleted(9);

    assertThat(queue.requestsInDoubt()).isZero();
  }

  @Test
  void aBatchThatWasSurelyNotStoredIsNotInDoubtAfterwards() {
    Batch batch = coveredBatch();
    queue.offer();

    queue.retry(batch, true);

    assertThat(queue.requestsInDoubt()).isZero();
    queue.doubt(batch);
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
    Batch batch = queue.offer().orElseThrow();
    assertThat(states()).containsExactly(0L, 2L, 1L);

    queue.tooLarge(batch);
    assertThat(states()).as("one block cannot be halved").containsExactly(0L, 3L, 0L);
  }

  @Test
  void halvesAwaitTheNextCheckpoint() {
    queue.add(block(400));
    queue.add(block(400));
    queue.freeze(1);
    queue.checkpointCompleted(1);

    queue.tooLarge(queue.offer().orElseThrow());

    assertThat(states()).containsExactly(2L, 0L, 0L);
  }

  private List<Long> states() {
    return List.of(
        queue.batchesAwaitingCheckpoint(), queue.batchesSendable(), queue.batchesInFlight());
  }

  private Batch coveredBatch() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    return batch;
  }
}
