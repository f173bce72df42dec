package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogThrottleTest {
  private static final long SECOND = 1_000_000_000L;

  private final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(60));

  @Test
  void admitsTheFirstEvent() {
    assertThat(throttle.admit(-5)).isEqualTo(1);
  }

  @Test
  void holdsBackWithinTheIntervalAndCounts() {
    throttle.admit(0);

    assertThat(throttle.admit(1)).isZero();
    assertThat(throttle.admit(60 * SECOND - 1)).isZero();
    assertThat(throttle.admit(60 * SECOND)).isEqualTo(3);
    assertThat(throttle.admit(61 * SECOND)).isZero();
    assertThat(throttle.admit(120 * SECOND)).isEqualTo(2);
  }

  @Test
  void survivesOverflowOfTheClock() {
    throttle.admit(Long.MAX_VALUE);

    assertThat(throttle.admit(Long.MIN_VALUE)).isZero();
    assertThat(throttle.admit(Long.MIN_VALUE + 60 * SECOND)).isEqualTo(2);
  }
}
