package io.sluice.clickhouse.send;

import static io.sluice.clickhouse.send.FillForecast.NOT_IN_SIGHT_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FillForecastTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LIMIT = 1_000_000;

  /** The clock may start anywhere; this one overflows in the middle of each test. */
  private static final long START = Long.MAX_VALUE - 70 * SECOND;

  private final FillForecast forecast = new FillForecast(() -> LIMIT, Duration.ofSeconds(60));

  @Test
  void tellsWhenASteadilyGrowingBufferIsFull() {
    grow(0, 120, 1_000);

    // 120 kB after two minutes of 1 kB/s: 880 kB to go.
    assertThat(secondsToFull(120)).isEqualTo(880, within(1.0));
  }

  @Test
  void seesTheGrowthOfTheLastThreeWindowsOnly() {
    grow(0, 600, 0);
    grow(600, 780, 1_000);

    assertThat(secondsToFull(780)).isEqualTo(820, within(10.0));
  }

  @Test
  void averagesOverTheRequestsOfHealthyTraffic() {
    // Fills by 60 kB within each window, and is emptied by its request.
    for (int second = 0; second <= 610; second++) {
      forecast.update(second % 60 * 1_000L, START + second * SECOND);
      if (second > 60) {
        assertThat(secondsToFull(second)).as("after %d s", second).isGreaterThan(1_500);
      }
    }
  }

  @Test
  void isZeroWhenFull() {
    forecast.update(LIMIT, START);

    assertThat(secondsToFull(0)).isZero();
  }

  @Test
  void isNotInSightBeforeAWindowWasWatched() {
    assertThat(secondsToFull(0)).isEqualTo(NOT_IN_SIGHT_SECONDS);
    grow(0, 50, 10_000);

    assertThat(secondsToFull(50)).isEqualTo(NOT_IN_SIGHT_SECONDS);
  }

  @Test
  void isNotInSightWhileItShrinks() {
    grow(0, 300, 1_000);
    for (int second = 301; second <= 480; second++) {
      forecast.update(300_000 - (second - 300) * 500L, START + second * SECOND);
    }

    assertThat(secondsToFull(480)).isEqualTo(NOT_IN_SIGHT_SECONDS);
  }

  @Test
  void forgetsGrowthThatHasEnded() {
    grow(0, 120, 1_000);

    assertThat(secondsToFull(200)).isGreaterThan(880);
    assertThat(secondsToFull(500)).isEqualTo(NOT_IN_SIGHT_SECONDS);
  }

  @Test
  void looksNoFurtherThanADay() {
    grow(0, 120, 1);

    assertThat(secondsToFull(120)).isEqualTo(NOT_IN_SIGHT_SECONDS);
  }

  /** Updates ten times a second. */
  private void grow(int fromSecond, int toSecond, long bytesPerSecond) {
    for (int tenth = fromSecond * 10; tenth <= toSecond * 10; tenth++) {
      forecast.update(
          (tenth - fromSecond * 10) * bytesPerSecond / 10, START + tenth * (SECOND / 10));
    }
  }

  private double secondsToFull(int second) {
    return forecast.secondsToFull(START + second * SECOND);
  }
}
