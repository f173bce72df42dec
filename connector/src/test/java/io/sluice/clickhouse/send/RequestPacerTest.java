package io.sluice.clickhouse.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RequestPacerTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration GUARD = Duration.ofMillis(100);

  /** Starts shortly before a monotonic clock overflows, since it may. */
  private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

  private final RequestPacer pacer = new RequestPacer(WINDOW, GUARD, () -> now);

  @Test
  void letsTheFirstRequestStartAtOnce() {
    assertThat(pacer.untilNextRequest()).isZero();
  }

  @Test
  void opensAWindowAndAGuardAfterTheStartOfTheAcceptedRequest() {
    long startedAt = now;
    advance(Duration.ofSeconds(7));
    pacer.accepted(startedAt);

    assertThat(pacer.untilNextRequest()).isEqualTo(Duration.ofSeconds(53).plus(GUARD));
    advance(Duration.ofSeconds(53).plus(GUARD).minusNanos(1));
    assertThat(pacer.untilNextRequest()).isEqualTo(Duration.ofNanos(1));
    advance(Duration.ofNanos(1));
    assertThat(pacer.untilNextRequest()).isZero();
  }

  @Test
  void staysOpenLongAfter() {
    pacer.accepted(now);
    advance(Duration.ofDays(365));

    assertThat(pacer.untilNextRequest()).isZero();
  }

  @Test
  void isNotMovedBackByAnOlderRequest() {
    long older = now;
    advance(Duration.ofSeconds(10));
    pacer.accepted(now);
    pacer.accepted(older);

    assertThat(pacer.untilNextRequest()).isEqualTo(WINDOW.plus(GUARD));
  }

  @Test
  void doesNotLimitWithoutWindowAndGuard() {
    RequestPacer unlimited = new RequestPacer(Duration.ZERO, Duration.ZERO, () -> now);
    unlimited.accepted(now);

    assertThat(unlimited.untilNextRequest()).isZero();
  }

  @Property
  void neverLetsTwoRequestsStartWithinAWindow(
      @ForAll @IntRange(min = 0, max = 120_000) int[] requestMillis) {
    long lastStart = 0;
    boolean first = true;
    for (int millis : requestMillis) {
      advance(pacer.untilNextRequest());
      long start = now;
      if (!first) {
        assertThat(start - lastStart).isGreaterThanOrEqualTo(WINDOW.plus(GUARD).toNanos());
      }
      advance(Duration.ofMillis(millis));
      pacer.accepted(start);
      lastStart = start;
      first = false;
    }
  }

  @Test
  void namesAWindowThatIsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestPacer(Duration.ofSeconds(-1), GUARD, () -> now))
        .withMessage("pacer.window is PT-1S; allowed: 0 to 1 day");
  }

  private void advance(Duration duration) {
    now += duration.toNanos();
  }
}
