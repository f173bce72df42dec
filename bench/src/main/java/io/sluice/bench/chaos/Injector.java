package io.sluice.bench.chaos;

import io.sluice.bench.network.Link;
import io.sluice.bench.network.LinkFault;
import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.sandbox.process.PausedProcess;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Does what a {@link Fault} says. A process is back, and a savepoint taken, when {@link #inject}
 * returns; a disturbed route heals on its own later, so that the next fault may fall into it.
 *
 * <p>Not thread-safe.
 */
final class Injector {
  private static final int SUBMIT_ATTEMPTS = 5;
  private static final long MOST_LEAST_DELAY_MILLIS = 600;

  /** Less than the body of any insert under load, more than its headers. */
  private static final long LEAST_BODY_BYTES = 2_000;

  private static final long MOST_BODY_BYTES = 60_000;
  private static final long LONGEST_AFTER_BODY_MICROS = 30_000;

  private final Stack stack;
  private final Network network;
  private final Map<Link, Future<?>> healing = new HashMap<>();
  private int lanes = 1;

  Injector(Stack stack, Network network) {
    this.stack = stack;
    this.network = network;
  }

  /**
   * @throws OperatorException if a step fails, such as a savepoint for which not all tasks run;
   *     {@link #settle} puts things right
   */
  void inject(Fault fault) {
    switch (fault.kind()) {
      case NOTHING -> {}
      case KILL_TASKMANAGER -> restart(Service.TASKMANAGER, fault);
      case KILL_JOBMANAGER -> restart(Service.JOBMANAGER, fault);
      case KILL_CLICKHOUSE -> restart(Service.CLICKHOUSE, fault);
      case KILL_CLICKHOUSE_MID_INSERT -> {
        awaitInsert(fault);
        restart(Service.CLICKHOUSE, fault);
      }
      case KILL_PROXY -> restart(Service.PROXY, fault);
      case KILL_KAFKA -> restart(Service.KAFKA, fault);
      case KILL_ALL -> {
        stack.killAll();
        Pause.of(fault.lasts());
        stack.startMissing();
      }
      case PAUSE_TASKMANAGER -> pause(Service.TASKMANAGER, fault);
      case PAUSE_CLICKHOUSE -> pause(Service.CLICKHOUSE, fault);
      case CUT, RESET, DELAY, STALL, LOSE_ANSWERS ->
          network.of(fault.route().orElseThrow()).forEach(link -> disturb(link, fault));
      case SAVEPOINT -> stack.savepoint();
      case STOP_AND_RESUME -> stopAndResume();
      case STOP_AND_RESCALE -> {
        lanes = lanes == 1 ? 2 : 1;
        stopAndResume();
      }
    }
  }

  /** The arguments of the job beside those of the stack. */
  List<String> jobArguments() {
    return List.of("--clickhouse.endpoints", network.endpoints(lanes));
  }

  private void restart(Service service, Fault fault) {
    stack.kill(service);
    Pause.of(fault.lasts());
    stack.start(service);
  }

  private void pause(Service service, Fault fault) {
    PausedProcess paused = PausedProcess.pause(stack.process(service));
    try {
      Pause.of(fault.lasts());
    } finally {
      paused.close();
    }
  }

  /** Returns when so many bytes of a request are on their way to ClickHouse, or a moment later. */
  private void awaitInsert(Fault fault) {
    CountDownLatch passing = new CountDownLatch(1);
    Random random = new Random(Double.doubleToLongBits(fault.fraction()));
    long bytes = random.nextLong(LEAST_BODY_BYTES, MOST_BODY_BYTES);
    Link link = network.of(Route.PROXY_TO_CLICKHOUSE).get(0);
    link.onRequestBytes(bytes, passing::countDown);
    Duration patience = stack.options().window().multipliedBy(2).plus(Duration.ofSeconds(10));
    Pause.until(passing, patience);
    link.cancelTrigger();
    Pause.of(Duration.ofNanos(1_000 * random.nextLong(LONGEST_AFTER_BODY_MICROS)));
  }

  private void disturb(Link link, Fault fault) {
    switch (fault.kind()) {
      case CUT -> link.apply(LinkFault.CUT);
      case RESET -> link.reset();
      case DELAY -> {
        long millis = Math.round(fault.fraction() * MOST_LEAST_DELAY_MILLIS);
        link.apply(LinkFault.delay(Duration.ofMillis(millis)));
      }
      case STALL -> link.apply(LinkFault.STALL);
      case LOSE_ANSWERS -> link.apply(LinkFault.loseAnswers(LEAST_BODY_BYTES));
      default -> throw new IllegalArgumentException("no fault of a route: " + fault.kind());
    }
    if (!fault.lasts().isZero()) {
      Executor later =
          CompletableFuture.delayedExecutor(fault.lasts().toMillis(), TimeUnit.MILLISECONDS);
      Future<?> earlier = healing.put(link, CompletableFuture.runAsync(link::heal, later));
      if (earlier != null) {
        earlier.cancel(false);
      }
    }
  }

  /** The cluster may be busy with an earlier fault. */
  private void stopAndResume() {
    String savepoint = stack.stopJob();
    for (int attempt = 1; ; attempt++) {
      try {
        stack.submitFrom(savepoint, jobArguments());
        return;
      } catch (OperatorException e) {
        if (attempt == SUBMIT_ATTEMPTS) {
          throw e;
        }
        Pause.of(Duration.ofSeconds(2));
      }
    }
  }

  /** Heals all routes, and starts what does not run. */
  void settle() {
    healing.values().forEach(heal -> heal.cancel(false));
    healing.clear();
    network.heal();
    stack.startMissing();
  }
}
