package io.sluice.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(6);

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertThat(rounds(7, 20)).isEqualTo(rounds(7, 20)).isNotEqualTo(rounds(8, 20));
  }

  @Test
  void aRoundHasAsManyFaultsAsAskedForAndOneMomentWithout() {
    for (List<Fault> round : rounds(1, 50)) {
      assertThat(round.stream().filter(fault -> fault.kind().isFault())).hasSize(6);
      assertThat(round.stream().filter(fault -> !fault.kind().isFault())).hasSize(1);
    }
  }

  @Test
  void sixtyRoundsHaveEveryKindAtLeastTwentyTimes() {
    Map<FaultKind, Long> times =
        rounds(3, 60).stream()
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Fault::kind, Collectors.counting()));

    assertThat(times).containsOnlyKeys(FaultKind.values());
    assertThat(times.values()).allMatch(count -> count >= 20);
  }

  @Test
  void everyKindOfANetworkFaultHitsEveryRouteItIsFor() {
    Map<FaultKind, List<Route>> hit =
        rounds(5, 60).stream()
            .flatMap(List::stream)
            .filter(fault -> fault.route().isPresent())
            .collect(
                Collectors.groupingBy(
                    Fault::kind,
                    Collectors.mapping(fault -> fault.route().orElseThrow(), Collectors.toList())));

    for (FaultKind kind : FaultKind.values()) {
      assertThat(hit.getOrDefault(kind, List.of())).containsAll(kind.routes());
    }
  }

  @Test
  void pausesAreNeverLongerThanAskedFor() {
    Stream<Duration> pauses = rounds(9, 60).stream().flatMap(List::stream).map(Fault::pause);

    assertThat(pauses).allMatch(pause -> pause.compareTo(LONGEST_PAUSE) <= 0);
  }

  private static List<List<Fault>> rounds(long seed, int count) {
    Schedule schedule = new Schedule(seed, LONGEST_PAUSE);
    return IntStream.range(0, count).mapToObj(round -> schedule.nextRound(6)).toList();
  }
}
