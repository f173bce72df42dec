package io.sluice.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingPaceTest {
  private static final long SECOND = 1_000_000_000;
  private final ReadingPace pace = new ReadingPace(1_000);

  @Test
  void isTimedFromTheFirstRecordsSeenToAllOfThem() {
    pace.look(SECOND, 0);
    pace.look(5 * SECOND, 200);
    pace.look(6 * SECOND, 600);
    pace.look(7 * SECOND, 1_000);
    pace.look(20 * SECOND, 1_000);

    assertThat(pace.recordsPerSecond()).isEqualTo(400);
  }

  @Test
  void isUnknownIfTheEndWasNotSeen() {
    pace.look(SECOND, 1);
    pace.look(2 * SECOND, 999);

    assertThat(pace.recordsPerSecond()).isNull();
  }

  @Test
  void isUnknownIfAllWasReadBetweenTwoLooks() {
    pace.look(SECOND, 0);
    pace.look(2 * SECOND, 1_000);
    pace.look(3 * SECOND, 1_000);

    assertThat(pace.recordsPerSecond()).isNull();
  }
}
