package io.sluice.clickhouse.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryBackoffTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RetryBackoff backoff = new RetryBackoff(MINUTE, new Random(1));

  @Test
  void offersAgainSoonWhenTooEarly() {
    assertThat(delaysInMillis(Kind.TOO_EARLY, 7))
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 5_000L, 5_000L, 5_000L);
  }

  @Test
  void doublesUpToAMinuteAfterFailuresWithHalfOfItRandom() {
    List<Long> delays = delaysInMillis(Kind.TRY_AGAIN, 8);
    long[] limits = {1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000};

    for (int i = 0; i < limits.length; i++) {
      assertThat(delays.get(i)).isBetween(limits[i] / 2, limits[i]);
    }
  }

  @Test
  void spreadsLanesThatFailedTogether() {
    assertThat(
            IntStream.range(0, 100)
                .mapToObj(lane -> backoff.delay(Kind.TRY_AGAIN, 5, Duration.ZERO))
                .distinct()
                .count())
        .isGreaterThan(90);
  }

  @Test
  void keepsABatchThatWasRefusedForAWindowAndThenForMore() {
    assertThat(
            IntStream.of(1, 2, 3, 4, 5, 1_000)
                .mapToObj(times -> backoff.ofBatch(times).toMinutes())
                .toList())
        .containsExactly(1L, 2L, 4L, 8L, 8L, 8L);
  }

  @Test
  void offersOthersSoonAfterABatchThatWasRefused() {
    for (Kind kind : List.of(Kind.REFUSED, Kind.TOO_LARGE)) {
      assertThat(delaysInMillis(kind, 6))
          .containsExactly(500L, 1_000L, 2_000L, 4_000L, 5_000L, 5_000L);
    }
  }

  @Test
  void doesNotWaitAfterAnAcceptedRequest() {
    assertThat(backoff.delay(Kind.ACCEPTED, 1, Duration.ZERO)).isZero();
  }

  @Property
  void isPositiveAndNeverLongerThanTheWindow(
      @ForAll @LongRange(min = 1, max = 86_400_000) long windowMillis,
      @ForAll @IntRange(min = 1) int failures) {
    Duration window = Duration.ofMillis(windowMillis);
    RetryBackoff paced = new RetryBackoff(window, new Random(1));

    for (Kind kind : List.of(Kind.TOO_EARLY, Kind.TRY_AGAIN, Kind.REFUSED, Kind.TOO_LARGE)) {
      assertThat(paced.delay(kind, failures, Duration.ZERO))
          .isPositive()
          .isLessThanOrEqualTo(window);
    }
  }

  /** Retry-After counts between the delay there would be anyway, and the window. */
  @Property
  void waitsAsLongAsTheProxyAsksButNeitherLessThanUsualNorLongerThanTheWindow(
      @ForAll @LongRange(min = 1, max = 86_400_000) long windowMillis,
      @ForAll @LongRange(min = 0, max = 100_000_000) long retryAfterMillis,
      @ForAll @IntRange(min = 1) int failures,
      @ForAll long seed) {
    Duration window = Duration.ofMillis(windowMillis);
    Duration asked = Duration.ofMillis(retryAfterMillis);

    for (Kind kind : List.of(Kind.TOO_EARLY, Kind.TRY_AGAIN)) {
      Duration usual =
          new RetryBackoff(window, new Random(seed)).delay(kind, failures, Duration.ZERO);
      Duration delay = new RetryBackoff(window, new Random(seed)).delay(kind, failures, asked);

      assertThat(delay).isBetween(usual, window);
      if (asked.compareTo(usual) >= 0 && asked.compareTo(window) <= 0) {
        assertThat(delay).isEqualTo(asked);
      }
    }
  }

  private List<Long> delaysInMillis(Kind kind, int failures) {
    return IntStream.rangeClosed(1, failures)
        .mapToObj(failure -> backoff.delay(kind, failure, Duration.ZERO).toMillis())
        .toList();
  }
}
