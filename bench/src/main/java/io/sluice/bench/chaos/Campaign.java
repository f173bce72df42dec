package io.sluice.bench.chaos;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.audit.Audit;
import io.sluice.ops.audit.AuditReport;
import io.sluice.sandbox.Patience;
import io.sluice.sandbox.produce.Load;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.proxy.AccessLog;
import io.sluice.sandbox.stack.Stack;
import io.sluice.sandbox.stack.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Rounds of faults on a running stack under load, each of which ends with an audit of every record
 * since the campaign began. Ends early at the first audit that is not clean.
 */
public final class Campaign {
  private static final Duration LEAST_LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Without a new row for so many windows and the time of a restart, the rest does not come. */
  private static final int PATIENCE_WINDOWS = 3;

  private static final Duration PATIENCE_MORE = Duration.ofSeconds(90);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Stack stack;
  private final StateFolder folder;
  private final Network network;
  private final ChaosOptions options;
  private final Consumer<String> progress;

  private final Audit audit;
  private final List<ChaosResult.RoundResult> rounds = new ArrayList<>();
  private final List<ChaosResult.FaultRecord> faults = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  /** Acknowledged in the rounds before this one. */
  private long acknowledgedBefore;

  /**
   * @param stack with empty data, whose services look for each other at the links of the network
   * @param dir the stack's state folder
   */
  public Campaign(
      Stack stack, Path dir, Network network, ChaosOptions options, Consumer<String> progress) {
    this.stack = stack;
    this.folder = new StateFolder(dir);
    this.network = network;
    this.options = options;
    this.progress = progress;
    this.audit = new Audit(stack.clickHouse());
  }

  /** A fault as it began, before anyone knows when the pipeline had caught up. */
  private record Begun(Fault fault, long startNanos, long acknowledged, boolean carriedOut) {}

  /**
   * Runs it.
   *
   * @param afterRound takes the result so far
   */
  public ChaosResult run(Consumer<ChaosResult> afterRound) {
    Schedule schedule = new Schedule(options.seed(), longestPause());
    Injector injector = new Injector(stack, network);
    try (RowsWatch watch = new RowsWatch(stack.clickHouse())) {
      stack.submit(injector.jobArguments());
      for (int round = 1; round <= options.rounds() && allClean(); round++) {
        round(round, schedule.nextRound(options.faultsPerRound()), injector, watch);
        afterRound.accept(result(watch));
      }
      return result(watch);
    }
  }

  private ChaosResult result(RowsWatch watch) {
    return new ChaosResult(
        options.seed(),
        stack.options().proxyRate(),
        options.recordsPerSecond(),
        secondsSince(startNanos),
        Requests.of(AccessLog.read(folder.proxyLog())),
        watch.droppedBlocks(),
        rounds,
        faults);
  }

  /** Long windows need longer pauses, or all faults would fall into one. */
  private Duration longestPause() {
    Duration half = stack.options().window().dividedBy(2);
    return half.compareTo(LEAST_LONGEST_PAUSE) > 0 ? half : LEAST_LONGEST_PAUSE;
  }

  private boolean allClean() {
    return rounds.stream().allMatch(ChaosResult.RoundResult::clean);
  }

  private void round(int round, List<Fault> planned, Injector injector, RowsWatch watch) {
    long roundNanos = System.nanoTime();
    ProduceOptions what =
        ProduceOptions.untilStopped(options.recordsPerSecond()).withSeed(options.seed() + round);
    List<Begun> begun = new ArrayList<>();
    try (Load load = Load.start(stack.newProducer(what))) {
      for (Fault fault : planned) {
        Pause.of(fault.pause());
        begun.add(inject(round, fault, injector, load));
      }
      injector.settle();
      acknowledgedBefore += load.end().acknowledged();
    }
    awaitRows(watch);
    AuditReport report = stack.audit();
    begun.forEach(one -> faults.add(recordOf(round, one, watch)));
    ChaosResult.RoundResult result =
        new ChaosResult.RoundResult(
            round,
            secondsSince(roundNanos),
            (int) begun.stream().filter(b -> b.carriedOut() && b.fault().kind().isFault()).count(),
            report.produced(),
            report.stored(),
            report.lost(),
            report.duplicated(),
            report.totals() - report.stored(),
            report.isClean());
    rounds.add(result);
    progress.accept(describe(result));
  }

  private Begun inject(int round, Fault fault, Injector injector, Load load) {
    long acknowledged = acknowledgedBefore + load.acknowledged();
    long nanos = System.nanoTime();
    String what =
        "%5.0f s | round %d | %s".formatted(secondsSince(startNanos), round, fault.title());
    try {
      injector.inject(fault);
      progress.accept("%s, %.1f s".formatted(what, secondsSince(nanos)));
      return new Begun(fault, nanos, acknowledged, true);
    } catch (OperatorException e) {
      progress.accept(what + ": did not work, going on: " + firstLine(e.getMessage()));
      injector.settle();
      return new Begun(fault, nanos, acknowledged, false);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  /** Waits until all is stored, or until nothing more comes. */
  private void awaitRows(RowsWatch watch) {
    Patience patience =
        new Patience(
            stack.options().window().multipliedBy(PATIENCE_WINDOWS).plus(PATIENCE_MORE),
            System::nanoTime);
    while (watch.rows() < acknowledgedBefore || audit.totals() < watch.rows()) {
      if (patience.isOver(watch.rows())) {
        progress.accept(
            "no new rows for %d s; auditing what is there"
                .formatted(patience.atMost().toSeconds()));
        return;
      }
      Pause.of(LOOK);
    }
  }

  private static ChaosResult.FaultRecord recordOf(int round, Begun begun, RowsWatch watch) {
    OptionalDouble seconds = watch.secondsUntil(begun.acknowledged(), begun.startNanos());
    return new ChaosResult.FaultRecord(
        round,
        begun.fault().kind(),
        begun.fault().route().orElse(null),
        begun.carriedOut(),
        seconds.isPresent() ? Math.round(seconds.getAsDouble() * 10) / 10.0 : null);
  }

  private String describe(ChaosResult.RoundResult result) {
    return String.format(
        Locale.ROOT,
        "%5.0f s | round %d of %d: %d faults in %.0f s; produced %,d, stored %,d, lost %,d,"
            + " duplicated %,d, totals drift %,d: %s",
        secondsSince(startNanos),
        result.round(),
        options.rounds(),
        result.faults(),
        result.seconds(),
        result.produced(),
        result.stored(),
        result.lost(),
        result.duplicated(),
        result.drift(),
        result.clean() ? "clean" : "NOT CLEAN");
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
  }
}
