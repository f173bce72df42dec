package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.sink.Violation.unless;

import io.sluice.clickhouse.sink.ModelCheckpoint.Kind;
import io.sluice.clickhouse.sink.Schedule.Step;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.flink.core.io.InputStatus;

/**
 * One run: the steps of a schedule, then no more faults until all is stored. In one of five the
 * source is not in the task's chain, but behind a shuffle, a {@link ModelChannel}.
 *
 * <p>There is one thread. While a request is under way, its call into the network goes on with the
 * steps of the schedule, so all that may happen meanwhile, a crash included, happens inside it.
 */
final class Simulation {
  private static final int MOST_DRAIN_STEPS = 3_000;
  private static final int PLENTY = 10_000;
  private static final int ONE_BEHIND_SHUFFLE_OF = 5;
  private static final Duration[] PAUSES = {
    Duration.ofNanos(1),
    Duration.ofMillis(5),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(20),
    Duration.ofMillis(62_600),
    Duration.ofMillis(62_601),
    Duration.ofSeconds(63),
    Duration.ofSeconds(200)
  };

  private final Schedule schedule;
  private final Event.Counts counts;
  private final Consumer<String> trace;
  private final Random random;
  private final VirtualTime time;
  private final Ledger ledger = new Ledger();
  private final ModelProxy proxy = new ModelProxy(World.WINDOW);
  private final ModelServer server;
  private final ModelNetwork network;
  private final ModelJobManager jobManager;
  private ModelTask task;
  private int nextStep;
  private int tokensMinted;
  private int farthestOffset;
  private int drainSteps;
  private boolean drained;
  private ModelCheckpoint stopping;
  private int stopped;
  private int stopChoice;
  private boolean stopIsTold;
  private Violation firstViolation;
  private boolean halved;
  private long quietSinceNanos;
  private long batchesAheadWhenQuiet;

  private Simulation(Schedule schedule, Event.Counts counts, Consumer<String> trace) {
    this.schedule = schedule;
    this.counts = counts;
    this.trace = trace;
    this.random = new Random(schedule.seed());
    this.time = new VirtualTime(1 + random.nextInt(1_000_000_000));
    // Now and then so few that they do not last.
    this.server = new ModelServer(random.nextInt(16) == 0 ? 8 : 100, ledger, counts);
    this.network = new ModelNetwork(this, proxy, server, ledger, counts);
    this.jobManager = new ModelJobManager(counts);
    start(jobManager.recoverable());
  }

  /**
   * Runs a schedule.
   *
   * @param trace takes a line after each step of it; null for none
   * @throws Violation if an invariant did not hold
   */
  static void run(Schedule schedule, Event.Counts counts, Consumer<String> trace) {
    Simulation simulation = new Simulation(schedule, counts, trace);
    try {
      simulation.run();
    } catch (Violation violation) {
      throw simulation.firstViolation == null ? violation : simulation.firstViolation;
    } catch (RuntimeException e) {
      throw new Violation(Invariant.NO_EXCEPTION, e);
    }
  }

  private void run() {
    while (!drained) {
      step();
    }
    network.settleGhosts();
    check();
    ledger.checkComplete(farthestOffset, server.hasUnfinished());
    if (ledger.storedTwice()) {
      counts.add(Event.STORED_TWICE_UNPROMISED);
    }
    task.die();
  }

  /** Something failed where what is thrown may be caught by the code under test. */
  void failed(Violation violation) {
    if (firstViolation == null) {
      firstViolation = violation;
    }
  }

  VirtualTime time() {
    return time;
  }

  ModelTask task() {
    return task;
  }

  ModelCheckpoint recoverable() {
    return jobManager.recoverable();
  }

  boolean isBehindShuffle() {
    return schedule.seed() % ONE_BEHIND_SHUFFLE_OF == 0;
  }

  boolean isRequestUnderWay() {
    return network.isBusy();
  }

  /** When the faults ended. */
  long quietSinceNanos() {
    return isQuiet() ? quietSinceNanos : time.nanoTime();
  }

  /** What was to be stored then. */
  long batchesAheadWhenQuiet() {
    return batchesAheadWhenQuiet;
  }

  /** Whether the faults are over. */
  boolean isQuiet() {
    return nextStep >= schedule.steps().size();
  }

  /** Whatever comes next; also called by a request while it is under way. */
  void step() {
    counts.add(Event.STEP);
    if (isQuiet()) {
      drainStep();
    } else {
      Step step = schedule.steps().get(nextStep++);
      perform(step);
      if (isQuiet()) {
        quietSinceNanos = time.nanoTime();
        batchesAheadWhenQuiet = isBehindShuffle() ? task.batchesAhead() : 0;
      }
      if (trace != null) {
        trace.accept(
            "  %-24s %s, %s, checkpoint %d would be restored"
                .formatted(step, task, network, jobManager.recoverable().id()));
      }
    }
    check();
  }

  private void check() {
    farthestOffset = Math.max(farthestOffset, task.offset());
    task.check();
    if (task.isLimitLowered() && !halved) {
      counts.add(Event.HALVED);
    }
    halved = task.isLimitLowered();
    ledger.checkTotals(server.hasUnfinished());
  }

  private void perform(Step step) {
    if (stopping != null && nextStep > stopped) {
      endStop();
    }
    int choice = step.choice();
    switch (step.action()) {
      case READ -> read(1 + choice % 20);
      case TRIGGER -> trigger(Kind.CHECKPOINT);
      case SAVEPOINT -> trigger(Kind.SAVEPOINT);
      case COMPLETE -> jobManager.complete(choice).ifPresent(task::completed);
      case STOP -> stop(choice);
      case ABORT -> jobManager.abort(choice);
      case NOTIFY -> jobManager.delayedNotification().ifPresent(task::completed);
      case MAIL -> {
        task.runMails(1 + choice % 3);
        takeFromChannel(choice >> 4);
      }
      case START -> start();
      case PASS_TIME -> time.pass(PAUSES[choice % PAUSES.length]);
      case ARRIVE -> network.arrive();
      case APPLY -> network.apply(choice);
      case ANSWER -> network.answer();
      case FAULT -> network.fault(choice);
      case GHOST -> network.moveGhost(choice);
      case SERVER -> changeServer(choice % 4);
      case PROXY -> network.restartProxy(choice);
      case SIZE_LIMIT -> limitSize(choice);
      case CRASH -> crash();
      case RESTORE_RETAINED -> restoreRetained(choice);
    }
  }

  /** After the savepoint the source reads no more, but the task goes on for a while. */
  private void stop(int choice) {
    if (stopping == null && !isBehindShuffle()) {
      jobManager.abortAll();
      stopping = task.snapshot(jobManager.nextId(), Kind.STOP);
      stopped = nextStep + choice % 30;
      stopChoice = choice >> 4;
      counts.add(Event.SAVEPOINT);
      jobManager.tellLater(stopping.id());
      stopIsTold = (choice >> 5) % 4 > 0;
      if (stopIsTold) {
        tellAll();
      }
    }
  }

  private void tellAll() {
    for (OptionalLong id = jobManager.delayedNotification();
        id.isPresent();
        id = jobManager.delayedNotification()) {
      task.completed(id.getAsLong());
    }
  }

  /**
   * If the savepoint is not completed, the job goes on. If a task fails before all have ended, it
   * restarts from its latest checkpoint.
   */
  private void endStop() {
    ModelCheckpoint savepoint = stopping;
    if (stopChoice % 5 == 0 && !stopIsTold) {
      counts.add(Event.STOP_ABORTED);
      jobManager.forgetNotification(savepoint.id());
      stopping = null;
      return;
    }
    jobManager.retain(savepoint);
    die();
    if (stopChoice % 5 < 3) {
      counts.add(Event.FAILED_WHILE_STOPPING);
    } else {
      counts.add(Event.STOPPED_WITH_SAVEPOINT);
      jobManager.startFrom(savepoint);
      if (!isQuiet() && (stopChoice >> 4) % 2 == 0) {
        counts.add(Event.RESUMED_WITH_LOWER_LIMIT);
        limitSize(3 * (stopChoice >> 5) + 1);
      }
    }
    start(jobManager.recoverable());
  }

  private void read(int rows) {
    if (stopping != null) {
      return;
    }
    int before = task.offset();
    if (isBehindShuffle()) {
      task.readIntoChannel(rows);
    } else {
      task.read(rows);
    }
    for (int row = before; row < task.offset(); row++) {
      counts.add(Event.ROW_READ);
    }
    if (task.isSourceHeld()) {
      counts.add(isBehindShuffle() ? Event.BLOCKED : Event.SOURCE_HELD);
    }
    takeFromChannel(rows);
  }

  private void takeFromChannel(int choice) {
    if (isBehindShuffle()) {
      task.takeFromChannel(choice % 24);
    }
  }

  private void trigger(Kind kind) {
    if (!jobManager.mayTrigger() || stopping != null) {
      return;
    }
    if (!isBehindShuffle()) {
      jobManager.triggered(task.snapshot(jobManager.nextId(), kind));
    } else if (task.mayTakeBarrier()) {
      task.insertBarrier(jobManager.nextId(), kind);
    }
  }

  /** A barrier has left the channel. */
  void taken(ModelCheckpoint checkpoint) {
    counts.add(Event.BARRIER_PASSED);
    if (!isQuiet()) {
      jobManager.triggered(checkpoint);
    } else if (!checkpoint.isSavepoint()) {
      jobManager.taskDied();
      jobManager.triggered(checkpoint);
      task.completed(jobManager.completeLatest());
    }
  }

  /** The request thread gets the processor; there is only one of it. */
  private void start() {
    if (!network.isBusy()) {
      task.requests().run();
    }
  }

  private void changeServer(int which) {
    switch (which) {
      case 0 -> server.setUp(false);
      case 1 -> network.restartServer();
      default -> server.setUp(true);
    }
  }

  private void limitSize(int choice) {
    proxy.limitBody(
        choice % 3 == 0
            ? Long.MAX_VALUE
            : ModelEncoder.BYTES_PER_ROW
                + (choice >> 4) % (World.MOST_BLOCK_BYTES + World.SETTINGS.maxRequestBytes()));
  }

  private void crash() {
    counts.add(Event.CRASH);
    die();
    start(jobManager.recoverable());
  }

  private void die() {
    network.taskDied();
    jobManager.taskDied();
    task.die();
    stopping = null;
  }

  private void start(ModelCheckpoint restored) {
    task =
        new ModelTask(this, network, ledger, restored, () -> World.TOKENS + ++tokensMinted, random);
  }

  /** From an older one exactly once is promised in some cases only; the others are tried seldom. */
  private void restoreRetained(int choice) {
    ModelCheckpoint chosen = jobManager.anyRetained(choice);
    die();
    if (!chosen.equals(jobManager.recoverable())) {
      boolean promised = ledger.isPromisedFrom(chosen, network.ghosts(), farthestOffset);
      if (promised) {
        counts.add(Event.RESTORED_OLDER_PROMISED);
        jobManager.startFrom(chosen);
      } else if (choice % 8 == 0) {
        counts.add(Event.RESTORED_OLDER_UNPROMISED);
        ledger.promiseNoMore();
        ledger.believe(chosen);
        jobManager.startFrom(chosen);
      }
    }
    start(jobManager.recoverable());
  }

  /** The faults are over: every request gets its answer, and every checkpoint completes. */
  private void drainStep() {
    unless(drainSteps++ < MOST_DRAIN_STEPS, Invariant.DRAINS, "not after {} steps", drainSteps);
    server.setUp(true);
    if (schedule.seed() % 4 > 0 || task.isStuckOnSize(proxy.maxBodyBytes())) {
      proxy.limitBody(Long.MAX_VALUE);
    }
    if (stopping != null) {
      endStop();
      return;
    }
    if (network.isBusy()) {
      time.pass(Duration.ofMillis(40));
      network.answer();
      return;
    }
    task.runMails(PLENTY);
    if (task.requests().hasWork()) {
      start();
      return;
    }
    if (isBehindShuffle()) {
      drainBehindShuffle();
      return;
    }
    if (readToEnd()) {
      return;
    }
    // Requests end, and timers fire, between two checkpoints, too.
    if (random.nextBoolean()) {
      jobManager.taskDied();
      jobManager.triggered(task.snapshot(jobManager.nextId(), Kind.CHECKPOINT));
      task.completed(jobManager.completeLatest());
    }
    passToNextTimer(Duration.ofSeconds(1));
  }

  private void drainBehindShuffle() {
    task.checkBarrierPasses();
    task.readIntoChannel(farthestOffset - task.offset());
    if (random.nextBoolean() && task.mayTakeBarrier()) {
      task.insertBarrier(jobManager.nextId(), Kind.CHECKPOINT);
    }
    task.takeFromChannel(PLENTY);
    if (task.offset() >= farthestOffset && task.isDone()) {
      counts.add(Event.ENDED_BEHIND_SHUFFLE);
      drained = true;
    } else {
      // A task that waits while nothing is under way would wait for ever.
      passToNextTimer(task.waits() ? World.WINDOW : Duration.ofSeconds(1));
    }
  }

  /** Whether that was the end of all. */
  private boolean readToEnd() {
    boolean byFlush = schedule.seed() % 7 == 0;
    task.endInputAt(byFlush ? Integer.MAX_VALUE : farthestOffset);
    InputStatus status = task.read(byFlush ? farthestOffset - task.offset() : PLENTY);
    if (byFlush && task.offset() >= farthestOffset) {
      if (!task.fitsThrough(proxy.maxBodyBytes())) {
        proxy.limitBody(Long.MAX_VALUE);
      }
      task.drain();
      counts.add(Event.ENDED_BY_FLUSH);
      drained = true;
    } else if (status == InputStatus.END_OF_INPUT) {
      counts.add(Event.ENDED_BY_VALVE);
      drained = true;
    }
    return drained;
  }

  private void passToNextTimer(Duration ifNone) {
    if (!task.hasMail() && !task.requests().hasWork()) {
      time.pass(
          time.untilNextTimer()
              .filter(wait -> wait.compareTo(World.WINDOW.multipliedBy(9)) < 0)
              .orElse(ifNone));
    }
  }

  /** The writer waits on the task thread: for room, or at the end of its input. */
  void untilNextMail(ModelTask waiting) {
    while (!waiting.hasMail()) {
      if (!waiting.hasInputEnded()) {
        step();
        if (task != waiting) {
          throw new TaskDied();
        }
        continue;
      }
      unless(drainSteps++ < MOST_DRAIN_STEPS, Invariant.DRAINS, "flush waits for ever");
      start();
      passToNextTimer(Duration.ofSeconds(1));
    }
  }
}
