package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @Property
  void readsSeconds(@ForAll @IntRange(max = 86_400) int seconds) {
    assertThat(RetryAfter.parse(" " + seconds + " ", "", NOW))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Property
  void readsATimeByTheServersOwnClock(
      @ForAll @IntRange(max = 86_400) int seconds,
      @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int clockIsWrongBySeconds) {
    Instant answered = NOW.plusSeconds(clockIsWrongBySeconds);

    assertThat(RetryAfter.parse(date(answered.plusSeconds(seconds)), date(answered), NOW))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void readsATimeByOurClockWhenTheServerSaysNotWhatTimeItIs() {
    assertThat(RetryAfter.parse(date(NOW.plusSeconds(42)), "", NOW))
        .isEqualTo(Duration.ofSeconds(42));
    assertThat(RetryAfter.parse("Sunday, 29-Nov-26 12:00:42 GMT", "soon", NOW))
        .isEqualTo(Duration.ofSeconds(42));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-5", "soon", "1.5", "1e3", "0x10", "٣", "Sun, 29 Nov 2026 11:59:59 GMT"})
  void isZeroWhereThereIsNothingToWaitFor(String value) {
    assertThat(RetryAfter.parse(value, "", NOW)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "86401",
        "999999999",
        "2147483648",
        "99999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT"
      })
  void isADayAtMost(String value) {
    assertThat(RetryAfter.parse(value, "", NOW)).isEqualTo(Duration.ofDays(1));
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}
