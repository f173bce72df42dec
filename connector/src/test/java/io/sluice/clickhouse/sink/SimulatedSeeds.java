package io.sluice.clickhouse.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Many runs, one seed each, until one fails. */
public final class SimulatedSeeds {
  private SimulatedSeeds() {}

  /** A failed run. */
  record Failure(Schedule schedule, Violation violation) {
    /** The same failure with as few steps as possible. */
    Failure shrunk() {
      Schedule least =
          Shrinker.shrink(
              schedule,
              fewer ->
                  run(fewer, new Event.Counts())
                      .filter(again -> again.violation.invariant() == violation.invariant())
                      .isPresent());
      return run(least, new Event.Counts()).orElseThrow();
    }

    /** What happened, a line for each step. */
    String trace() {
      return SimulatedSeeds.trace(schedule);
    }
  }

  static Optional<Failure> run(Schedule schedule, Event.Counts counts) {
    try {
      Simulation.run(schedule, counts, null);
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.of(new Failure(schedule, violation));
    }
  }

  /** What happens in a run, a line for each step of the schedule, and how it ends. */
  static String trace(Schedule schedule) {
    List<String> lines = new ArrayList<>();
    try {
      Simulation.run(schedule, new Event.Counts(), lines::add);
      lines.add("  and all is stored, once");
    } catch (Violation violation) {
      lines.add("  " + violation.getMessage());
    }
    return String.join("\n", lines);
  }

  /** On all cores; of several failures that of the least seed. */
  static Optional<Failure> runInParallel(long from, long count, Event.Counts counts) {
    silenceTheWriter();
    return LongStream.range(from, from + count)
        .parallel()
        .mapToObj(seed -> run(Schedule.of(seed), counts))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What the writer says of each refused request would fill a disk. */
  private static void silenceTheWriter() {
    Configurator.setLevel("io.sluice.clickhouse.sink", Level.OFF);
  }

  static Optional<Failure> run(long from, long count, Event.Counts counts) {
    silenceTheWriter();
    for (long seed = from; seed < from + count; seed++) {
      Optional<Failure> failure = run(Schedule.of(seed), counts);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  /** For callers of another class loader: whether one of them fails. */
  public static boolean fail(long from, long count) {
    return run(from, count, new Event.Counts()).isPresent();
  }

  /**
   * For callers of another class loader: seed, invariant and number of steps of the first failure,
   * shrunk, as cells of a table; empty if there is none.
   */
  public static String firstFailure(long from, long count) {
    return run(from, count, new Event.Counts())
        .map(Failure::shrunk)
        .map(
            failure ->
                "%d | %s | %d"
                    .formatted(
                        failure.schedule.seed(),
                        failure.violation.invariant(),
                        failure.schedule.steps().size()))
        .orElse("");
  }
}
