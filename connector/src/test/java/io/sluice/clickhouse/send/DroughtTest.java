package io.sluice.clickhouse.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DroughtTest {
  private static final Duration WINDOW = Duration.ofMillis(62_500);

  private long nanos = 7;

  /** The seconds, counted from now, at which it is said while a request fails every five. */
  private List<Long> saidWithin(Drought drought, Duration time) {
    List<Long> said = new ArrayList<>();
    long begin = nanos;
    for (; nanos - begin <= time.toNanos(); pass(Duration.ofSeconds(5))) {
      if (drought.goesOn(nanos)) {
        said.add(Duration.ofNanos(nanos - begin).toSeconds());
      }
    }
    return said;
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void isSaidAfterTwoWindowsAndThenEveryFiveMinutes() {
    Drought drought = new Drought(WINDOW, () -> nanos);

    assertThat(saidWithin(drought, Duration.ofMinutes(15))).containsExactly(125L, 425L, 725L);
    assertThat(drought.requests()).isEqualTo(181);
    assertThat(drought.length()).isEqualTo(Duration.ofSeconds(905));
  }

  @Test
  void aWindowThatOpensLateIsNoNews() {
    Drought drought = new Drought(WINDOW, () -> nanos);

    assertThat(saidWithin(drought, Duration.ofMinutes(2))).isEmpty();
  }

  @Test
  void anAcceptedRequestEndsItAndTheNextOneCountsFromItsOwnBeginning() {
    Drought drought = new Drought(WINDOW, () -> nanos);
    saidWithin(drought, Duration.ofMinutes(3));
    drought.ends();
    pass(Duration.ofHours(1));

    assertThat(saidWithin(drought, Duration.ofMinutes(3))).containsExactly(125L);
  }

  @Test
  void aShortWindowGivesClickHouseAMinute() {
    Drought drought = new Drought(Duration.ofSeconds(1), () -> nanos);

    assertThat(saidWithin(drought, Duration.ofMinutes(2))).containsExactly(60L);
  }

  @Test
  void aRequestThatTookLongCountsFromItsStart() {
    Drought drought = new Drought(WINDOW, () -> nanos);
    long started = nanos;
    pass(Duration.ofMinutes(5));

    assertThat(drought.goesOn(started)).isTrue();
  }

  @Property
  void isSilentWhileSomethingIsAcceptedWithinTwoWindows(
      @ForAll @LongRange(min = 30_000, max = 3_600_000) long windowMillis,
      @ForAll @IntRange(min = 1, max = 20) int failures) {
    Duration window = Duration.ofMillis(windowMillis);
    Drought drought = new Drought(window, () -> nanos);
    for (int i = 0; i < 100; i++) {
      if (i % failures == 0) {
        drought.ends();
      }
      assertThat(drought.goesOn(nanos)).isFalse();
      pass(window.dividedBy(10));
    }
  }
}
