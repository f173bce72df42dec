package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The real writer, with all that is behind it down to the HTTP client, and the real source wrapper,
 * on a virtual clock: against models of Flink's checkpoints, of the proxy and of ClickHouse, with
 * faults of all kinds in random order. What must hold after every step is in {@link Invariant};
 * what may happen, in {@link Action} and {@link Fault}; when exactly once is promised, in {@link
 * Ledger}.
 *
 * <pre>
 * mvn verify -pl connector -Dtest=SinkSimulationTest -Dsluice.simulation.seeds=5000000
 *                                                     -Dsluice.simulation.from=1000000
 *                                                     -Dsluice.simulation.seed=N     replays one
 * </pre>
 */
class SinkSimulationTest {
  private static final long SEEDS = Long.getLong("sluice.simulation.seeds", 10_000);
  private static final long FROM = Long.getLong("sluice.simulation.from", 1);
  private static final Long ONLY = Long.getLong("sluice.simulation.seed");

  /** Per 100,000 seeds every event has to be met this often, or little is shown. */
  private static final long TIMES_MET = 300;

  @Test
  void storesEveryRowExactlyOnceWhateverHappens() {
    Event.Counts counts = new Event.Counts();
    long started = System.nanoTime();
    Optional<SimulatedSeeds.Failure> failure =
        SimulatedSeeds.runInParallel(ONLY == null ? FROM : ONLY, ONLY == null ? SEEDS : 1, counts);
    failure.ifPresent(SinkSimulationTest::report);
    if (ONLY != null) {
      System.out.printf("seed %d%n%s%n", ONLY, SimulatedSeeds.trace(Schedule.of(ONLY)));
    } else {
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      System.out.printf(
          "simulation: %,d seeds, %,d steps in %.1f s, %,d steps a minute%n%s%n",
          SEEDS,
          counts.of(Event.STEP),
          took.toMillis() / 1e3,
          counts.of(Event.STEP) * 60_000 / Math.max(1, took.toMillis()),
          counts);
      for (Event event : Event.values()) {
        assertThat(counts.of(event))
            .as("times that was met: %s", event)
            .isGreaterThanOrEqualTo(TIMES_MET * SEEDS / 100_000);
      }
    }
  }

  private static void report(SimulatedSeeds.Failure failure) {
    SimulatedSeeds.Failure shrunk = failure.shrunk();
    fail(
        "%s%nreplay with -Dtest=SinkSimulationTest -Dsluice.simulation.seed=%d; shrunk from %d to %d steps:%n%s"
            .formatted(
                shrunk.violation().getMessage(),
                failure.schedule().seed(),
                failure.schedule().steps().size(),
                shrunk.schedule().steps().size(),
                shrunk.trace()),
        failure.violation());
  }

  @Test
  void runsTheSameWayEachTime() {
    assertThat(countsOf(1, 200)).isEqualTo(countsOf(1, 200));
    assertThat(countsOf(1, 200)).isNotEqualTo(countsOf(201, 200));
  }

  private static String countsOf(long from, long seeds) {
    Event.Counts counts = new Event.Counts();
    assertThat(SimulatedSeeds.run(from, seeds, counts)).isEmpty();
    return counts.toString();
  }

  @Test
  void shrinksAScheduleToTheStepsItFailsBy() {
    Schedule schedule = Schedule.of(1);
    List<Schedule.Step> needed = List.of(schedule.steps().get(17), schedule.steps().get(101));

    Schedule shrunk = Shrinker.shrink(schedule, candidate -> candidate.steps().containsAll(needed));

    assertThat(shrunk.steps()).containsExactlyElementsOf(needed);
    assertThat(shrunk.seed()).isEqualTo(1);
  }
}
