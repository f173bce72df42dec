package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TrendTest {
  @Property
  void findsTheLineThatThePointsAreOn(
      @ForAll @DoubleRange(min = -100, max = 100) double slope,
      @ForAll @DoubleRange(min = -1_000, max = 1_000) double start) {
    List<Trend.Point> points =
        List.of(at(0, slope, start), at(10, slope, start), at(70, slope, start));

    assertThat(Trend.of(points).perSecond()).isCloseTo(slope, within(1e-6));
  }

  private static Trend.Point at(double seconds, double slope, double start) {
    return new Trend.Point(seconds, start + slope * seconds);
  }

  @Test
  void pointsOnBothSidesOfALevelLineGiveNoSlope() {
    List<Trend.Point> points =
        List.of(
            new Trend.Point(0, 90),
            new Trend.Point(0, 110),
            new Trend.Point(60, 110),
            new Trend.Point(60, 90));

    assertThat(Trend.of(points)).isEqualTo(new Trend(0, 100));
  }

  @Test
  void percentPerHourIsOfTheMean() {
    List<Trend.Point> points =
        List.of(new Trend.Point(0, 95), new Trend.Point(1_800, 100), new Trend.Point(3_600, 105));

    assertThat(Trend.of(points).percentPerHour()).isCloseTo(10, within(1e-9));
  }

  @Test
  void oneReadingIsALevelLineAndNoneIsToo() {
    assertThat(Trend.of(List.of(new Trend.Point(5, 7))).percentPerHour()).isZero();
    assertThat(Trend.of(List.of()).percentPerHour()).isZero();
  }
}
