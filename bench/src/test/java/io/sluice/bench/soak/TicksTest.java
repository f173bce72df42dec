package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TicksTest {
  @Property
  void coverTheLargestValueInNoMoreIntervalsThanAsked(
      @ForAll @DoubleRange(min = 0.01, max = 1e9) double largest,
      @ForAll @IntRange(min = 2, max = 12) int most) {
    Ticks ticks = Ticks.upTo(largest, most);

    assertThat(ticks.last()).isGreaterThanOrEqualTo(largest * (1 - 1e-6));
    assertThat(ticks.last() - ticks.step()).isLessThan(largest);
    assertThat(ticks.count()).isBetween(1, most);
  }

  @Test
  void areRound() {
    Ticks ticks = Ticks.upTo(0.17, 4);

    assertThat(ticks.step()).isEqualTo(0.05);
    assertThat(ticks.label(3)).isEqualTo("0.15");
    assertThat(Ticks.upTo(2_232, 4).label(2)).isEqualTo("2,000");
  }

  @Test
  void nothingStillHasAnAxis() {
    assertThat(Ticks.upTo(0, 4).step()).isPositive();
  }
}
