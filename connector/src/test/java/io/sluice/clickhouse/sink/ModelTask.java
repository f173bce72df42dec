package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.sink.Violation.unless;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.hold.HeldReaders;
import io.sluice.clickhouse.hold.Intake;
import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.clickhouse.http.VirtualTransport;
import io.sluice.clickhouse.send.Batch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.InputStatus;

/**
 * One attempt of the job's task: the real source wrapper, writer, client and what is between, and
 * what must be true of them after every step. The source is in the task's chain and is held, or
 * behind a {@link ModelChannel}, and then the writer blocks.
 */
final class ModelTask {
  private static final Map<Kind, String> COUNTERS =
      new EnumMap<>(
          Map.of(
              Kind.ACCEPTED, "requestsAccepted",
              Kind.TOO_EARLY, "requestsTooEarly",
              Kind.TRY_AGAIN, "requestsRetried",
              Kind.TOO_LARGE, "requestsTooLarge",
              Kind.REFUSED, "requestsRefused",
              Kind.NOT_CLICKHOUSE, "requestsNotClickHouse"));

  /** A barrier passes within so many windows, and one more per batch that is before it. */
  private static final int WINDOWS_PER_BARRIER = 12;

  private final Simulation simulation;
  private final Ledger ledger;
  private final VirtualMailbox mailbox;
  private final VirtualMetrics metrics = new VirtualMetrics();
  private final LongSupplier heldRows;
  private final LongSupplier heldBytes;
  private final LongSupplier requestsInDoubt;
  private final LongSupplier sourceHeld;
  private final LongSupplier limitLowered;
  private final Pace pace = new Pace(World.WINDOW);
  private final RequestThread requests;
  private final ClickHouseSinkWriter writer;
  private final ModelReader topic;
  private final SourceReader<Integer, SourceSplit> reader;

  /** Null where the source is in the chain. */
  private final ModelChannel channel;

  private final ModelEncoder encoder;
  private final CoveringSnapshots covering = new CoveringSnapshots();
  private final BatchStateSerializer serializer = new BatchStateSerializer();
  private final Map<String, Batch> mayBeApplied = new LinkedHashMap<>();
  private final Map<Long, ModelCheckpoint> taken = new HashMap<>();
  private final Set<String> covered = new HashSet<>();

  /** The savepoint of a stop that says of a batch that it was never sent. */
  private final Map<String, Long> withdrawnBy = new HashMap<>();

  private final Set<String> restoredTokens;
  private Map<String, Batch> unacknowledged;

  /** Stored or halved, though the writer may not know yet. */
  private final Set<String> gone = new HashSet<>();

  private Set<String> mayGo = Set.of();
  private final Map<Kind, Long> ended = new EnumMap<>(Kind.class);
  private long rowsGiven;
  private long mostBytes;
  private long rowsAccepted;
  private boolean inputEnds;
  private boolean waits;
  private int nextRow;
  private long bytesGiven;
  private long bytesHalved;
  private long bytesGivenBeforeCovered;
  private final Map<Long, Long> bytesGivenBefore = new HashMap<>();
  private boolean someEnded;

  ModelTask(
      Simulation simulation,
      ModelNetwork network,
      Ledger ledger,
      ModelCheckpoint restored,
      Supplier<String> tokens,
      Random random) {
    this.simulation = simulation;
    this.ledger = ledger;
    VirtualTime time = simulation.time();
    this.mailbox = new VirtualMailbox(this::waitForMail);
    this.requests = new RequestThread(time::nanoTime, pace, () -> mayGo = whatMayGo());
    this.unacknowledged = new LinkedHashMap<>(restored.batches());
    this.restoredTokens = new HashSet<>(restored.batches().keySet());
    restoredTokens.removeAll(restored.changeable());
    covered.addAll(restoredTokens);
    this.topic = new ModelReader(restored.offset());
    this.encoder = new ModelEncoder(1 + random.nextInt(World.MOST_BLOCK_ROWS), this::give);
    Intake intake = new Intake();
    ScheduledExecutorService deadlines = time.deadlines();
    this.writer =
        ClickHouseSinkWriter.open(
            World.SETTINGS,
            simulation.isBehindShuffle() ? WhenFull.BLOCK : WhenFull.HOLD_SOURCE,
            intake,
            new VirtualContext(mailbox, time.timersInto(mailbox), metrics),
            state(restored, random),
            new LaneParts(
                time::nanoTime,
                time::epochMilli,
                tokens,
                random,
                endpoint ->
                    VirtualTransport.client(
                        endpoint, network, deadlines, time::nanoTime, time::epochMilli),
                name -> requests,
                new BufferMemory(Long.MAX_VALUE)));
    this.nextRow = restored.offset();
    this.channel = simulation.isBehindShuffle() ? new ModelChannel() : null;
    this.reader = HeldReaders.of(topic, intake);
    reader.start();
    LongSupplier openRows = metrics.ownGauge("openRows");
    LongSupplier frozenRows = metrics.ownGauge("frozenRows");
    LongSupplier openBytes = metrics.ownGauge("openBytes");
    LongSupplier frozenBytes = metrics.ownGauge("frozenBytes");
    this.heldRows = () -> openRows.getAsLong() + frozenRows.getAsLong();
    this.heldBytes = () -> openBytes.getAsLong() + frozenBytes.getAsLong();
    this.requestsInDoubt = metrics.ownGauge("requestsInDoubt");
    this.sourceHeld = metrics.ownGauge("sourceHeld");
    this.limitLowered = metrics.ownGauge("requestLimitLowered");
    restored
        .batches()
        .forEach(
            (token, batch) -> {
              if (ledger.mayBeApplied(token)) {
                mayBeApplied.put(token, batch);
              }
            });
    if (LaneSignal.isStop(restored.isOfStop())) {
      orViolation(() -> writer.write(LaneSignal.STOP_RESTORED, null));
    }
    rowsGiven = restored.batches().values().stream().mapToLong(Batch::rowCount).sum();
    mostBytes =
        Math.max(
            World.SETTINGS.maxBufferBytes() - 1 + World.MOST_BLOCK_BYTES,
            restored.batches().values().stream().mapToLong(Batch::byteCount).sum());
    check();
  }

  /** The batches in any order, as they come out of a restart with another parallelism. */
  private static List<BufferedRequestState<LaneElement>> state(
      ModelCheckpoint restored, Random random) {
    List<Batch> batches = new ArrayList<>(restored.batches().values());
    if (random.nextInt(4) == 0) {
      Collections.shuffle(batches, random);
    }
    return batches.stream()
        .map(batch -> new BatchState(batch, restored.neverApplied().contains(batch.token())))
        .map(state -> new BufferedRequestState<>(List.of(state.entry())))
        .toList();
  }

  RequestThread requests() {
    return requests;
  }

  boolean hasMail() {
    return !mailbox.isEmpty();
  }

  int offset() {
    return topic.offset();
  }

  boolean isSourceHeld() {
    return sourceHeld.getAsLong() > 0;
  }

  boolean isLimitLowered() {
    return limitLowered.getAsLong() > 0;
  }

  private void give(Block block) {
    orViolation(() -> writer.write(block, null));
    rowsGiven += block.rowCount();
    bytesGiven += block.frameBytes();
    long unasked = bytesGiven - bytesGivenBeforeCovered + bytesHalved;
    unless(
        channel == null || heldBytes.getAsLong() <= mostBytes + unasked,
        Invariant.BUFFER_BOUNDED,
        "{} bytes, {} above the limit, but only {} came since the last checkpoint",
        heldBytes.getAsLong(),
        heldBytes.getAsLong() - mostBytes,
        unasked);
  }

  /** The writer waits on the task thread: for room, or at the end of its input. */
  private void waitForMail() {
    waits = true;
    simulation.untilNextMail(this);
    waits = false;
  }

  boolean waits() {
    return waits;
  }

  boolean hasInputEnded() {
    return inputEnds;
  }

  /** The task before the channel reads on, while there is room. */
  void readIntoChannel(int most) {
    for (int i = 0; i < most && channel.hasRoom(); i++) {
      ledger.read(topic.offset());
      channel.add(topic.next());
    }
  }

  boolean mayTakeBarrier() {
    return channel.barrier().isEmpty();
  }

  /** A barrier enters the channel, behind what is in it. */
  void insertBarrier(long id, ModelCheckpoint.Kind kind) {
    channel.add(
        new ModelChannel.Barrier(
            id, kind, topic.offset(), simulation.time().nanoTime(), batchesAhead()));
  }

  /** How many batches may have to be stored before an element gets through the channel. */
  long batchesAhead() {
    long rows = heldRows.getAsLong() + encoder.rowCount() + channel.rows();
    return isLimitLowered()
        ? rows
        : unacknowledged.size()
            + 2
            + rows * ModelEncoder.BYTES_PER_ROW / World.SETTINGS.maxRequestBytes();
  }

  boolean isDone() {
    return heldRows.getAsLong() + encoder.rowCount() == 0 && channel.isEmpty() && !waits;
  }

  /**
   * The task thread takes elements from its channel, unless it waits. There is one stack for all
   * threads: while a request is under way below, the task thread must not begin to wait for it.
   */
  void takeFromChannel(int most) {
    try {
      for (int i = 0; i < most && !channel.isEmpty() && !waits; i++) {
        if (simulation.isRequestUnderWay() && isFull()) {
          return;
        }
        if (channel.take() instanceof ModelChannel.Barrier barrier) {
          checkPasses(barrier);
          simulation.taken(snapshot(barrier.id(), barrier.kind(), barrier.offset()));
        } else {
          encoder.collect(nextRow++);
        }
      }
    } catch (TaskDied unwound) {
      // By a crash that happened while it waited.
    }
  }

  /** Without further faults a barrier does not wait for what needs the barrier. */
  void checkBarrierPasses() {
    channel.barrier().ifPresent(this::checkPasses);
  }

  private void checkPasses(ModelChannel.Barrier barrier) {
    long batches = Math.max(barrier.ahead(), simulation.batchesAheadWhenQuiet());
    long waited =
        simulation.time().nanoTime()
            - Math.max(barrier.insertedAtNanos(), simulation.quietSinceNanos());
    unless(
        waited <= World.WINDOW.toNanos() * (WINDOWS_PER_BARRIER + batches),
        Invariant.CHECKPOINT_PASSES,
        "the barrier of checkpoint {} has waited for {} windows",
        barrier.id(),
        waited / World.WINDOW.toNanos());
  }

  private boolean isFull() {
    return heldBytes.getAsLong() >= World.SETTINGS.maxBufferBytes();
  }

  /** Lets the source hand over up to so many rows. */
  InputStatus read(int most) {
    InputStatus status = InputStatus.MORE_AVAILABLE;
    for (int i = 0; i < most && status == InputStatus.MORE_AVAILABLE; i++) {
      ledger.read(topic.offset());
      boolean full = isFull();
      int before = topic.offset();
      status = orViolation(() -> reader.pollNext(encoder));
      unless(
          !full || topic.offset() == before,
          Invariant.SOURCE_HELD_AT_LIMIT,
          "it went on at {} bytes",
          heldBytes.getAsLong());
    }
    return status;
  }

  void endInputAt(int offset) {
    topic.endAt(offset);
  }

  /** A barrier passes; the state goes through its serializer. */
  ModelCheckpoint snapshot(long id, ModelCheckpoint.Kind kind) {
    return snapshot(id, kind, topic.offset());
  }

  private ModelCheckpoint snapshot(long id, ModelCheckpoint.Kind kind, int offset) {
    encoder.flush();
    bytesGivenBefore.put(id, bytesGiven);
    covering.taken(id, kind != ModelCheckpoint.Kind.CHECKPOINT);
    boolean isIdle = requests.isIdle() && mailbox.isEmpty();
    Set<String> neverApplied = new HashSet<>();
    Map<String, Batch> batches = new LinkedHashMap<>();
    orViolation(
        () -> {
          writer.flush(false);
          for (BufferedRequestState<LaneElement> state : writer.snapshotState(id)) {
            byte[] bytes = serializer.serialize(state);
            serializer
                .deserialize(serializer.getVersion(), bytes)
                .getBufferedRequestEntries()
                .forEach(
                    entry -> {
                      BatchState read = (BatchState) entry.getRequestEntry();
                      batches.put(read.batch().token(), read.batch());
                      if (read.neverApplied()) {
                        neverApplied.add(read.batch().token());
                      }
                    });
          }
          return null;
        });
    ModelCheckpoint state = new ModelCheckpoint(id, kind, offset, batches, neverApplied);
    ledger.checkSnapshot(state, mayBeApplied);
    if (isIdle) {
      batches.values().forEach(batch -> checkTold(batch, state));
    }
    taken.put(id, state);
    unacknowledged = new LinkedHashMap<>(batches);
    unacknowledged.keySet().removeAll(gone);
    if (state.isOfStop()) {
      covered.removeAll(neverApplied);
      neverApplied.forEach(token -> withdrawnBy.put(token, id));
      orViolation(() -> writer.write(LaneSignal.STOP_TAKEN, null));
    }
    return state;
  }

  /** What this attempt knows for sure, the state tells. */
  private void checkTold(Batch batch, ModelCheckpoint state) {
    String token = batch.token();
    unless(
        state.neverApplied().contains(token)
            || ledger.mayBeApplied(token)
            || restoredTokens.contains(token),
        Invariant.STATE_TELLS_WHAT_WAS_SENT,
        "{} was never sent, and checkpoint {} does not say so",
        token,
        state.id());
  }

  /**
   * Flink tells of a completed checkpoint, or of the savepoint that it stops with; by a mail, which
   * a task thread that waits gets to, too.
   */
  void completed(long checkpointId) {
    if (channel == null) {
      told(checkpointId);
    } else {
      mailbox.execute(() -> told(checkpointId), "checkpoint completed");
    }
  }

  private void told(long checkpointId) {
    if (covering.coversWhenCompleted(checkpointId)) {
      // The news of a checkpoint before a stop's savepoint may come after it.
      taken.get(checkpointId).batches().keySet().stream()
          .filter(token -> withdrawnBy.getOrDefault(token, Long.MIN_VALUE) < checkpointId)
          .forEach(covered::add);
      bytesGivenBeforeCovered =
          Math.max(bytesGivenBeforeCovered, bytesGivenBefore.get(checkpointId));
      orViolation(() -> writer.write(new CheckpointCompleted(checkpointId), null));
    }
  }

  void runMails(int most) {
    for (int i = 0; i < most && !waits && mailbox.tryYield(); i++) {
      // Each mail is a step of its own for what is checked.
      check();
    }
  }

  /** The end of input: everything is to be stored without any further checkpoint. */
  void drain() {
    inputEnds = true;
    encoder.flush();
    orViolation(
        () -> {
          writer.flush(true);
          return null;
        });
  }

  /** What is known to be free to go at this moment, without those that were set aside. */
  private Set<String> whatMayGo() {
    Set<String> tokens = new HashSet<>(unacknowledged.keySet());
    tokens.retainAll(covered);
    tokens.removeIf(pace::isSetAside);
    return tokens;
  }

  /** Whether all that was not stored at the last snapshot is too large, and cannot be cut. */
  boolean isStuckOnSize(long maxBodyBytes) {
    return unacknowledged.values().stream()
        .allMatch(batch -> batch.byteCount() > maxBodyBytes && !isCuttable(batch));
  }

  private boolean isCuttable(Batch batch) {
    return batch.canBeHalved() && !isOld(batch);
  }

  /** Whether a request with it may have been sent; not that there was one. */
  private boolean isOld(Batch batch) {
    return ledger.mayBeApplied(batch.token()) || restoredTokens.contains(batch.token());
  }

  /** Whether all would get through a proxy of this limit without a further checkpoint. */
  boolean fitsThrough(long maxBodyBytes) {
    return maxBodyBytes >= World.MOST_BLOCK_BYTES
        && unacknowledged.values().stream()
            .noneMatch(batch -> batch.byteCount() > maxBodyBytes && isOld(batch));
  }

  /** A request of this attempt begins. */
  void offered(Flight flight) {
    unless(
        !gone.contains(flight.token),
        Invariant.CUTS_WHAT_IT_MAY,
        "{} is stored or halved, and sent again",
        flight.token);
    unless(
        requestsInDoubt.getAsLong() > 0,
        Invariant.DOUBTS_WHAT_MAY_BE_REPEATED,
        "{} begins, and nothing is in doubt",
        flight.token);
    mayGo.remove(flight.token);
    pace.carries(flight.token, flight.submittedAtNanos, mayGo);
  }

  /** A request of this attempt hands over its body. */
  void sent(Flight flight, byte[] body) {
    ModelCheckpoint recoverable = simulation.recoverable();
    if (!inputEnds) {
      Ledger.checkCovered(flight, body, recoverable);
      mayBeApplied.put(flight.token, recoverable.batches().get(flight.token));
    }
  }

  /** A request of this attempt is over. */
  void ended(Flight flight) {
    someEnded = true;
    ended.merge(flight.kind(), 1L, Long::sum);
    if (flight.kind() == Kind.TOO_LARGE) {
      ledger.mayBeHalved(flight.token);
      ledger.tooLarge(flight);
    }
    if (flight.kind() == Kind.ACCEPTED) {
      rowsAccepted += flight.rowCount();
      mayBeApplied.remove(flight.token);
    } else if (flight.kind() == Kind.TOO_LARGE && flight.isFirstSending) {
      // The one answer that says for sure that nothing was applied, even if it had the body.
      mayBeApplied.remove(flight.token);
    }
    Batch batch = unacknowledged.get(flight.token);
    // At the end of input batches are made that no snapshot shows.
    boolean isCuttable = flight.kind() == Kind.TOO_LARGE && (batch == null || isCuttable(batch));
    pace.ended(flight, isCuttable, simulation.time().nanoTime(), simulation.isQuiet());
    if (isCuttable) {
      bytesHalved += flight.length;
    }
    if (flight.kind() == Kind.ACCEPTED || isCuttable) {
      gone.add(flight.token);
      unacknowledged.remove(flight.token);
    }
  }

  /** What must be true of the writer at any time. */
  void check() {
    long sent = metrics.rowsSent();
    boolean settled = mailbox.isEmpty();
    unless(
        sent == rowsAccepted || (!settled && sent < rowsAccepted),
        Invariant.COUNTS_ACCEPTED_ROWS,
        "counted {}, accepted {}",
        sent,
        rowsAccepted);
    unless(
        heldRows.getAsLong() == rowsGiven - sent,
        Invariant.WRITER_HOLDS_REST,
        "holds {} rows, was given {}, has stored {}",
        heldRows.getAsLong(),
        rowsGiven,
        sent);
    if (channel == null) {
      checkHeld(heldBytes.getAsLong());
    }
    if (settled && requests.isIdle()) {
      checkDoubts();
    }
    if (someEnded && settled && requests.isIdle()) {
      someEnded = false;
      COUNTERS.forEach(
          (kind, counter) ->
              unless(
                  metrics.ownCounter(counter).getCount() == ended.getOrDefault(kind, 0L),
                  Invariant.CLASSIFIES_ANSWERS,
                  "{} {}, were {}",
                  counter,
                  metrics.ownCounter(counter).getCount(),
                  ended));
    }
  }

  private void checkHeld(long bytes) {
    unless(
        bytes <= mostBytes && isSourceHeld() == bytes >= World.SETTINGS.maxBufferBytes(),
        Invariant.SOURCE_HELD_AT_LIMIT,
        "{} bytes of {} at most, held: {}",
        bytes,
        mostBytes,
        isSourceHeld());
  }

  /** What a failure would bring back and may be stored already, is in doubt. */
  private void checkDoubts() {
    ModelCheckpoint recoverable = simulation.recoverable();
    long toBeRepeated =
        recoverable.batches().keySet().stream().filter(ledger::mayBeApplied).count();
    unless(
        requestsInDoubt.getAsLong() >= toBeRepeated,
        Invariant.DOUBTS_WHAT_MAY_BE_REPEATED,
        "{} in doubt, of those in checkpoint {} that a crash would restore {} may be stored",
        requestsInDoubt.getAsLong(),
        recoverable.id(),
        toBeRepeated);
  }

  /** What a reader of a trace wants to know. */
  @Override
  public String toString() {
    return "source at %d%s, writer holds %d rows"
        .formatted(topic.offset(), isSourceHeld() ? " (held)" : "", heldRows.getAsLong());
  }

  /** The attempt is over, whatever it was about to do. */
  void die() {
    mailbox.close();
    writer.close();
    simulation.time().forgetTimers();
  }

  private interface Call<T> {
    T call() throws Exception;
  }

  private interface Procedure {
    void run() throws Exception;
  }

  private static void orViolation(Procedure procedure) {
    orViolation(
        () -> {
          procedure.run();
          return null;
        });
  }

  private static <T> T orViolation(Call<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new Violation(Invariant.NO_EXCEPTION, e);
    }
  }
}
