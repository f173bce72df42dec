package io.sluice.bench.chaos;

import io.sluice.bench.BenchStack;
import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.audit.Audit;
import io.sluice.ops.audit.AuditReport;
import io.sluice.sandbox.produce.Load;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rounds of faults on a running stack under load, each of which ends with an audit of every record
 * since the campaign began. Ends early at the first audit that is not clean.
 */
final class Campaign {
  private static final Duration LEAST_LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final BenchStack bench;
  private final Stack stack;
  private final Network network;
  private final ChaosVerb options;

  private final Audit audit;
  private final List<ChaosResult.RoundResult> rounds = new ArrayList<>();
  private final List<ChaosResult.FaultRecord> faults = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  /** Acknowledged in the rounds before this one. */
  private long acknowledgedBefore;

  /**
   * @param bench with empty data, whose services look for each other at the links of the network
   */
  Campaign(BenchStack bench, Network network, ChaosVerb options) {
    this.bench = bench;
    this.stack = bench.stack();
    this.network = network;
    this.options = options;
    this.audit = new Audit(stack.clickHouse());
  }

  /** A fault as it began, before anyone knows when the pipeline had caught up. */
  private record Begun(Fault fault, long startNanos, long acknowledged, boolean carriedOut) {}

  /** Gives the result so far after each round. */
  ChaosResult run(Consumer<ChaosResult> afterRound) {
    Schedule schedule = new Schedule(options.seed, longestPause());
    Injector injector = new Injector(stack, network);
    try (RowsWatch watch = new RowsWatch(stack.clickHouse())) {
      stack.submit(injector.jobArguments());
      ChaosResult result;
      do {
        round(schedule.nextRound(options.faultsPerRound), injector, watch);
        result = result(watch);
        afterRound.accept(result);
      } while (rounds.size() < options.rounds && result.isClean());
      return result;
    }
  }

  private ChaosResult result(RowsWatch watch) {
    return new ChaosResult(
        options.seed,
        stack.options().proxyRate(),
        options.recordsPerSecond,
        secondsSince(startNanos),
        Requests.of(bench.requests()),
        watch.droppedBlocks(),
        List.copyOf(rounds),
        List.copyOf(faults));
  }

  /** Long windows need longer pauses, or all faults would fall into one. */
  private Duration longestPause() {
    Duration half = stack.options().window().dividedBy(2);
    return half.compareTo(LEAST_LONGEST_PAUSE) > 0 ? half : LEAST_LONGEST_PAUSE;
  }

  private void round(List<Fault> planned, Injector injector, RowsWatch watch) {
    int round = rounds.size() + 1;
    long roundNanos = System.nanoTime();
    ProduceOptions what =
        ProduceOptions.untilStopped(options.recordsPerSecond).withSeed(options.seed + round);
    List<Begun> begun = new ArrayList<>();
    try (Load load = Load.start(stack.newProducer(what))) {
      for (Fault fault : planned) {
        Pause.of(fault.pause());
        begun.add(inject(round, fault, injector, load));
      }
      injector.settle();
      acknowledgedBefore += load.end().acknowledged();
    }
    bench.drain(
        watch::rows,
        () -> watch.rows() >= acknowledgedBefore && audit.totals() >= watch.rows(),
        () -> Pause.of(LOOK));
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
    bench.tell(
        "%5.0f s | round %d of %d: %d faults in %.0f s; %s"
            .formatted(
                secondsSince(startNanos),
                round,
                options.rounds,
                result.faults(),
                result.seconds(),
                result));
  }

  private Begun inject(int round, Fault fault, Injector injector, Load load) {
    long acknowledged = acknowledgedBefore + load.acknowledged();
    long nanos = System.nanoTime();
    String what =
        "%5.0f s | round %d | %s".formatted(secondsSince(startNanos), round, fault.title());
    try {
      injector.inject(fault);
      bench.tell("%s, %.1f s".formatted(what, secondsSince(nanos)));
      return new Begun(fault, nanos, acknowledged, true);
    } catch (OperatorException e) {
      String first = e.getMessage().lines().findFirst().orElse("");
      bench.tell(what + ": did not work, going on: " + first);
      injector.settle();
      return new Begun(fault, nanos, acknowledged, false);
    }
  }

  private static ChaosResult.FaultRecord recordOf(int round, Begun begun, RowsWatch watch) {
    Double seconds = watch.secondsUntil(begun.acknowledged(), begun.startNanos());
    return new ChaosResult.FaultRecord(
        round,
        begun.fault().kind(),
        begun.fault().route().orElse(null),
        begun.carriedOut(),
        seconds == null ? null : Math.round(seconds * 10) / 10.0);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
