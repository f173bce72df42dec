package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.sink.Violation.unless;

import io.sluice.clickhouse.block.Block;
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
 * what must be true of them after every step.
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
    this.mailbox = new VirtualMailbox(simulation::untilNextMail);
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
            intake,
            (element, context) -> Gate.KNOCK,
            new VirtualContext(mailbox, time.timersInto(mailbox), metrics),
            state(restored, random),
            new Surroundings(
                time::nanoTime,
                time::epochMilli,
                tokens,
                random,
                endpoint ->
                    VirtualTransport.client(
                        endpoint, network, deadlines, time::nanoTime, time::epochMilli),
                name -> requests));
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
    if (StopMark.isIn(restored.isOfStop())) {
      orViolation(() -> writer.write(StopMark.RESTORED, null));
    }
    rowsGiven = restored.batches().values().stream().mapToLong(Batch::rowCount).sum();
    mostBytes =
        Math.max(
            World.SETTINGS.maxBufferBytes() - 1 + World.MOST_BLOCK_BYTES,
            restored.batches().values().stream().mapToLong(Batch::byteCount).sum());
    check();
  }

  /** The batches in any order, as they come out of a restart with another parallelism. */
  private static List<BufferedRequestState<Batch>> state(ModelCheckpoint restored, Random random) {
    List<Batch> batches = new ArrayList<>(restored.batches().values());
    if (random.nextInt(4) == 0) {
      Collections.shuffle(batches, random);
    }
    return batches.stream()
        .map(batch -> new BatchState(batch, restored.neverApplied().contains(batch.token())))
        .map(state -> new BufferedRequestState<Batch>(List.of(state)))
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
    rowsGiven += block.rowCount();
    orViolation(() -> writer.write(block, null));
  }

  /** Lets the source hand over up to so many rows. */
  InputStatus read(int most) {
    InputStatus status = InputStatus.MORE_AVAILABLE;
    for (int i = 0; i < most && status == InputStatus.MORE_AVAILABLE; i++) {
      ledger.read(topic.offset());
      boolean full = heldBytes.getAsLong() >= World.SETTINGS.maxBufferBytes();
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
    encoder.flush();
    covering.taken(id, kind != ModelCheckpoint.Kind.CHECKPOINT);
    boolean isIdle = requests.isIdle() && mailbox.isEmpty();
    Set<String> neverApplied = new HashSet<>();
    Map<String, Batch> batches = new LinkedHashMap<>();
    orViolation(
        () -> {
          writer.flush(false);
          for (BufferedRequestState<Batch> state : writer.snapshotState(id)) {
            byte[] bytes = serializer.serialize(state);
            serializer
                .deserialize(serializer.getVersion(), bytes)
                .getBufferedRequestEntries()
                .forEach(
                    entry -> {
                      batches.put(entry.getRequestEntry().token(), entry.getRequestEntry());
                      if (((BatchState) entry).neverApplied()) {
                        neverApplied.add(entry.getRequestEntry().token());
                      }
                    });
          }
          return null;
        });
    ModelCheckpoint state = new ModelCheckpoint(id, kind, topic.offset(), batches, neverApplied);
    ledger.checkSnapshot(state, mayBeApplied);
    if (isIdle) {
      batches.values().forEach(batch -> checkTold(batch, state));
    }
    if (state.isOfStop()) {
      orViolation(() -> writer.write(StopMark.TAKEN, null));
      covered.removeAll(neverApplied);
      neverApplied.forEach(token -> withdrawnBy.put(token, id));
    }
    taken.put(id, state);
    unacknowledged = new LinkedHashMap<>(batches);
    unacknowledged.keySet().removeAll(gone);
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

  /** Flink tells of a completed checkpoint, or of the savepoint that it stops with. */
  void completed(long checkpointId) {
    if (covering.coversWhenCompleted(checkpointId)) {
      // The news of a checkpoint before a stop's savepoint may come after it.
      taken.get(checkpointId).batches().keySet().stream()
          .filter(token -> withdrawnBy.getOrDefault(token, Long.MIN_VALUE) < checkpointId)
          .forEach(covered::add);
      orViolation(() -> writer.write(new CheckpointCompleted(checkpointId), null));
    }
  }

  void runMails(int most) {
    for (int i = 0; i < most && mailbox.tryYield(); i++) {
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
    long bytes = heldBytes.getAsLong();
    unless(
        bytes <= mostBytes && isSourceHeld() == bytes >= World.SETTINGS.maxBufferBytes(),
        Invariant.SOURCE_HELD_AT_LIMIT,
        "{} bytes of {} at most, held: {}",
        bytes,
        mostBytes,
        isSourceHeld());
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
