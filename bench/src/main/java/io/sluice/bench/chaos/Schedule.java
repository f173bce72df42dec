package io.sluice.bench.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What happens in which order, drawn from a seed: the same one gives the same faults.
 *
 * <p>Kinds come like cards of a shuffled deck, so that over a campaign all are equally frequent,
 * and so are the routes within a kind.
 */
final class Schedule {
  private final Random random;
  private final Duration longestPause;
  private final Deque<FaultKind> deck = new ArrayDeque<>();
  private final Map<FaultKind, Deque<Route>> routes = new EnumMap<>(FaultKind.class);

  /**
   * @param longestPause between two faults; the shortest is none
   */
  Schedule(long seed, Duration longestPause) {
    this.random = new Random(seed);
    this.longestPause = longestPause;
  }

  /**
   * The faults of the next round, with one {@link FaultKind#NOTHING} among them.
   *
   * @param faults how many, at least 1
   */
  List<Fault> nextRound(int faults) {
    List<FaultKind> kinds = new ArrayList<>();
    while (kinds.size() < faults) {
      kinds.add(draw(deck, FaultKind.faults()));
    }
    kinds.add(random.nextInt(kinds.size() + 1), FaultKind.NOTHING);
    return kinds.stream().map(this::fault).toList();
  }

  private Fault fault(FaultKind kind) {
    List<Route> possible = kind.routes();
    return new Fault(
        kind,
        between(Duration.ZERO, longestPause),
        possible.isEmpty()
            ? Optional.empty()
            : Optional.of(draw(routes.computeIfAbsent(kind, k -> new ArrayDeque<>()), possible)),
        lasting(kind),
        random.nextDouble());
  }

  private Duration lasting(FaultKind kind) {
    return switch (kind) {
      case NOTHING, RESET, SAVEPOINT, STOP_AND_RESUME, STOP_AND_RESCALE -> Duration.ZERO;
      // Flink gives a silent TaskManager up after ten seconds.
      case PAUSE_TASKMANAGER -> between(Duration.ofSeconds(4), Duration.ofSeconds(14));
      case PAUSE_CLICKHOUSE, CUT, DELAY, STALL, LOSE_ANSWERS ->
          between(Duration.ofSeconds(2), Duration.ofSeconds(8));
      default -> between(Duration.ZERO, Duration.ofSeconds(3));
    };
  }

  private Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }

  private <T> T draw(Deque<T> cards, List<T> all) {
    if (cards.isEmpty()) {
      List<T> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      cards.addAll(shuffled);
    }
    return cards.remove();
  }
}
