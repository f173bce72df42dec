package io.sluice.clickhouse.send;

import static io.sluice.clickhouse.send.FrozenBatch.NEXT_FREEZE;
import static io.sluice.clickhouse.send.FrozenBatch.RESTORED;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.http.InsertRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one lane has yet to store, and the rules that make storing it exactly once:
 *
 * <pre>
 *   add ─▶ open blocks ─ freeze(n) ─▶ frozen batch ─ checkpoint ≥ n completed ─▶ sendable
 *                ▲                         │                                        │ offer
 *                └──── grow: not yet offered, has room, at a later freeze ──┘    in flight
 *                                                                                   │
 *               acknowledged: forgotten ◀── stored ──┼── not stored, or unknown ──▶ sendable again
 *                                                    └── refused, or too large and not to be cut:
 *                                                        set aside, sendable when its time comes
 * </pre>
 *
 * <ul>
 *   <li>A batch is in every snapshot from its freezing to its acknowledgement.
 *   <li>A batch is offered only when a checkpoint that holds it has completed.
 *   <li>A batch that may have been applied never changes, is never split and never renamed.
 *   <li>A batch that was set aside waits by itself. When its time comes it goes first, as the
 *       older; when it is set aside once more, the others have their turn before any other such.
 *   <li>An acknowledged batch is in doubt until a checkpoint without it completes: before that, a
 *       job that fails starts from one with it, and sends it again.
 * </ul>
 *
 * <p>Pure: time is handed in, no threads, no Flink. Used on the task thread only.
 */
public final class SendQueue {
  private final long configuredRequestBytes;
  private final Supplier<String> tokens;
  private final List<Block> open = new ArrayList<>();
  private final List<FrozenBatch> frozen = new ArrayList<>();

  /** For each acknowledged batch in doubt: the last snapshot that may hold it. */
  private final List<Long> acknowledgedIn = new ArrayList<>();

  private long requestBytesLimit;
  private long lastSnapshot = RESTORED;
  private long completedCheckpoint = RESTORED;
  private boolean noMoreCheckpoints;

  /** Whether a batch was set aside and none was stored since. */
  private boolean othersFirst;

  /**
   * @param maxRequestBytes no batch of several blocks gets larger; a single larger block is a batch
   *     of its own
   */
  public SendQueue(long maxRequestBytes, Supplier<String> tokens) {
    this.configuredRequestBytes = maxRequestBytes;
    this.requestBytesLimit = maxRequestBytes;
    this.tokens = tokens;
  }

  public void add(Block block) {
    open.add(block);
  }

  /**
   * Takes over a batch from a checkpoint; whether it was sent in the meantime is unknown.
   *
   * @param wasNeverApplied what the checkpoint says
   */
  public void restore(Batch batch, boolean wasNeverApplied) {
    FrozenBatch item = new FrozenBatch(batch, RESTORED, true);
    item.wasNeverApplied = wasNeverApplied;
    frozen.add(item);
  }

  /**
   * What was restored is as it was at the snapshot: nothing was sent in the meantime. Batches that
   * were never applied may be cut. They wait for the next checkpoint, like new ones: were they sent
   * at once, a failure would bring them back as never sent.
   */
  public void believe() {
    frozen.forEach(FrozenBatch::believe);
  }

  /**
   * What the last snapshot says of batches is to stay true: those that were never applied are not
   * sent until a later checkpoint completes.
   */
  public void withdraw() {
    frozen.stream().filter(FrozenBatch::isClean).forEach(each -> each.checkpoint = NEXT_FREEZE);
  }

  /** Whether certainly no request with the batch was applied, and none is under way. */
  public boolean wasNeverApplied(Batch batch) {
    return find(batch).isClean();
  }

  /**
   * Freezes the open blocks into batches and returns everything that is not acknowledged: the state
   * that checkpoint {@code checkpointId} must hold.
   */
  public List<Batch> freeze(long checkpointId) {
    lastSnapshot = Math.max(lastSnapshot, checkpointId);
    frozen.stream()
        .filter(each -> each.checkpoint == NEXT_FREEZE)
        .forEach(each -> each.checkpoint = checkpointId);
    if (!open.isEmpty()) {
      thawLast();
      while (!open.isEmpty()) {
        frozen.add(new FrozenBatch(new Batch(tokens.get(), takeFromOpen()), checkpointId, false));
      }
    }
    return unacknowledged();
  }

  public List<Batch> unacknowledged() {
    return frozen.stream().map(each -> each.batch).toList();
  }

  /** Lets the youngest batch grow, if it was never sent and one of the open blocks fits into it. */
  private void thawLast() {
    if (frozen.isEmpty()) {
      return;
    }
    FrozenBatch last = frozen.get(frozen.size() - 1);
    long room = requestBytesLimit - last.byteCount;
    if (last.mayGrow() && open.stream().anyMatch(block -> block.frameBytes() <= room)) {
      frozen.remove(frozen.size() - 1);
      open.addAll(0, last.batch.blocks());
    }
  }

  /** As many open blocks, oldest first, as one request carries; at least one. */
  private List<Block> takeFromOpen() {
    List<Block> taken = new ArrayList<>();
    long bytes = 0;
    long rows = 0;
    for (Iterator<Block> blocks = open.iterator(); blocks.hasNext(); ) {
      Block block = blocks.next();
      boolean fits =
          bytes + block.frameBytes() <= requestBytesLimit
              && rows + block.rowCount() <= InsertRequest.MAX_ROWS;
      if (taken.isEmpty() || fits) {
        taken.add(block);
        bytes += block.frameBytes();
        rows += block.rowCount();
        blocks.remove();
      }
    }
    return taken;
  }

  public void checkpointCompleted(long checkpointId) {
    completedCheckpoint = Math.max(completedCheckpoint, checkpointId);
    acknowledgedIn.removeIf(snapshot -> snapshot < completedCheckpoint);
  }

  /**
   * At the end of input there is no later checkpoint to wait for: everything becomes sendable.
   * Exact only if the job does not fail before it has ended.
   */
  public void coverAll() {
    noMoreCheckpoints = true;
    freeze(completedCheckpoint);
    frozen.forEach(each -> each.checkpoint = completedCheckpoint);
  }

  /** The batch to send next, if one may be sent now and none is under way. */
  public Optional<Batch> sendable(long nowNanos) {
    List<FrozenBatch> due = covered().filter(each -> each.nanosToWait(nowNanos) == 0).toList();
    return due.stream()
        .filter(each -> !(othersFirst && each.isSetAside()))
        .findFirst()
        .or(() -> due.stream().findFirst())
        .map(each -> each.batch);
  }

  public void send(Batch batch) {
    find(batch).send();
  }

  /** How long until there is a batch to send, if that takes nothing but time. */
  public Optional<Duration> untilSendable(long nowNanos) {
    return covered()
        .map(each -> Duration.ofNanos(each.nanosToWait(nowNanos)))
        .min(Comparator.naturalOrder());
  }

  public Duration untilSendable(Batch batch, long nowNanos) {
    return Duration.ofNanos(find(batch).nanosToWait(nowNanos));
  }

  private Stream<FrozenBatch> covered() {
    return hasInFlight()
        ? Stream.empty()
        : frozen.stream().filter(each -> each.checkpoint <= completedCheckpoint);
  }

  /**
   * Whether the queue gets shorter without a further checkpoint: a request is under way, or a batch
   * may be sent that was not set aside. Batches that were set aside count only if they alone have
   * {@code limitBytes}: the others may well be accepted, but need a checkpoint first.
   */
  public boolean shrinksWithoutCheckpoint(long limitBytes) {
    return hasInFlight()
        || covered().anyMatch(each -> !each.isSetAside())
        || covered().mapToLong(each -> each.byteCount).sum() >= limitBytes;
  }

  public boolean hasInFlight() {
    return frozen.stream().anyMatch(each -> each.inFlight);
  }

  /** Whether an earlier request, of this attempt or one before, may have stored the batch. */
  public boolean mayBeApplied(Batch batch) {
    return find(batch).mayBeApplied;
  }

  /**
   * The batch is stored. If it was set aside before, what it was set aside for has been put right,
   * and others that were need not wait any longer.
   */
  public void acknowledge(Batch batch) {
    FrozenBatch item = find(batch);
    frozen.remove(item);
    acknowledgedIn.add(lastSnapshot);
    othersFirst = false;
    if (item.isSetAside()) {
      frozen.forEach(each -> each.notBeforeNanos = item.notBeforeNanos);
    }
  }

  public void setInDoubt(Batch batch) {
    find(batch).inDoubt = true;
  }

  /**
   * Batches of which ClickHouse may have rows and that may be sent again all the same, by this
   * attempt or by one after a failure. While there are none, every row of ClickHouse is there for
   * good, and no resend of it will come.
   */
  public long requestsInDoubt() {
    return frozen.stream().filter(each -> each.inDoubt || each.inFlight).count()
        + acknowledgedIn.size();
  }

  public void retry(Batch batch, boolean mayBeApplied) {
    find(batch).retry(mayBeApplied);
  }

  /** In a row. */
  public int timesSetAside(Batch batch) {
    return find(batch).timesSetAside;
  }

  /** The batch is to be sent again, but not before {@code notBeforeNanos}. */
  public void setAside(Batch batch, boolean mayBeApplied, long notBeforeNanos) {
    FrozenBatch item = find(batch);
    item.retry(mayBeApplied);
    item.timesSetAside++;
    item.notBeforeNanos = notBeforeNanos;
    othersFirst = true;
  }

  /**
   * The proxy does not take a request of this size. The batch is halved, unless an earlier request
   * with it may have been applied or it is one block; its halves wait for the next checkpoint.
   * Later batches are cut to half the size, too. One that cannot be halved is set aside.
   *
   * @return whether the batch was halved
   */
  public boolean tooLarge(Batch batch, long notBeforeNanos) {
    FrozenBatch item = find(batch);
    if (item.mayBeApplied || !batch.canBeHalved()) {
      setAside(batch, false, notBeforeNanos);
      item.uncuttable = true;
      return false;
    }
    requestBytesLimit = Math.max(1, Math.min(requestBytesLimit, item.byteCount / 2));
    int at = frozen.indexOf(item);
    frozen.remove(at);
    List<Batch> halves = batch.halves();
    long checkpoint = noMoreCheckpoints ? completedCheckpoint : NEXT_FREEZE;
    frozen.add(at, new FrozenBatch(halves.get(0), checkpoint, false));
    frozen.add(at + 1, new FrozenBatch(halves.get(1), checkpoint, false));
    return true;
  }

  public boolean holds(Batch batch) {
    return found(batch).isPresent();
  }

  private FrozenBatch find(Batch batch) {
    return found(batch)
        .orElseThrow(() -> new IllegalStateException("unknown batch " + batch.token()));
  }

  private Optional<FrozenBatch> found(Batch batch) {
    return frozen.stream().filter(each -> each.batch.token().equals(batch.token())).findFirst();
  }

  public long batchesAwaitingCheckpoint() {
    return frozen.stream()
        .filter(each -> !each.inFlight && each.checkpoint > completedCheckpoint)
        .count();
  }

  /** Batches that wait for nothing but the window, or for their next attempt. */
  public long batchesSendable() {
    return frozen.size() - batchesAwaitingCheckpoint() - (hasInFlight() ? 1 : 0);
  }

  /** Batches that were refused or are too large: an operator must act. */
  public long batchesSetAside() {
    return frozen.stream().filter(FrozenBatch::isSetAside).count();
  }

  /** What the proxy has to take for all batches to get through that cannot be cut; 0 without. */
  public long uncuttableBytes() {
    return frozen.stream()
        .filter(each -> each.uncuttable)
        .mapToLong(each -> each.byteCount)
        .max()
        .orElse(0);
  }

  public boolean isEmpty() {
    return open.isEmpty() && frozen.isEmpty();
  }

  public long requestBytesLimit() {
    return requestBytesLimit;
  }

  public boolean isRequestLimitLowered() {
    return requestBytesLimit < configuredRequestBytes;
  }

  public long openRows() {
    return open.stream().mapToLong(Block::rowCount).sum();
  }

  public long openBytes() {
    return open.stream().mapToLong(Block::frameBytes).sum();
  }

  public long frozenRows() {
    return frozen.stream().mapToLong(each -> each.batch.rowCount()).sum();
  }

  public long frozenBytes() {
    return frozen.stream().mapToLong(each -> each.byteCount).sum();
  }

  public long totalBytes() {
    return openBytes() + frozenBytes();
  }

  /** The arrival of the oldest row that is not stored, or {@link Long#MAX_VALUE}. */
  public long oldestArrivalEpochMilli() {
    return Stream.concat(
            open.stream(), frozen.stream().flatMap(each -> each.batch.blocks().stream()))
        .mapToLong(block -> block.arrivals().oldestEpochMilli())
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
