package io.sluice.ops.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CurveTest {
  private final Curve squareThenFlat = new Curve(Map.of(1.0, 1.0, 4.0, 16.0, 8.0, 16.0));

  @Test
  void goesThroughItsPoints() {
    assertThat(squareThenFlat.at(1)).isCloseTo(1, within(1e-9));
    assertThat(squareThenFlat.at(4)).isCloseTo(16, within(1e-9));
    assertThat(squareThenFlat.at(8)).isCloseTo(16, within(1e-9));
  }

  @Test
  void isAPowerBetweenThem() {
    assertThat(squareThenFlat.at(2)).isCloseTo(4, within(1e-9));
    assertThat(squareThenFlat.at(6)).isCloseTo(16, within(1e-9));
  }

  @Test
  void continuesThePowerOfItsLastPointsAndSaysSo() {
    assertThat(squareThenFlat.at(0.5)).isCloseTo(0.25, within(1e-9));
    assertThat(squareThenFlat.at(800)).isCloseTo(16, within(1e-9));
    assertThat(squareThenFlat.isExtrapolated(0.5)).isTrue();
    assertThat(squareThenFlat.isExtrapolated(9)).isTrue();
    assertThat(squareThenFlat.isExtrapolated(8)).isFalse();
  }

  @Test
  void isConstantWithOnePoint() {
    assertThat(new Curve(Map.of(3.0, 7.0)).at(100)).isCloseTo(7, within(1e-9));
  }

  @Test
  void refusesWhatHasNoLogarithm() {
    assertThatThrownBy(() -> new Curve(Map.of(1.0, 0.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Curve(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
