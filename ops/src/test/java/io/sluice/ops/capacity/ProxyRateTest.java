package io.sluice.ops.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRateTest {
  @ParameterizedTest
  @CsvSource({
    "1r/m, 62500",
    "2r/m, 30304", // 33/1000 per second: 30303.03 ms, and nginx counts whole ones
    "7r/m, 8621",
    "60r/m, 1000",
    "120r/m, 500",
    "1r/s, 1000",
    "2r/s, 500",
    "3r/s, 334",
  })
  void hasThePeriodThatNginxReallyKeeps(String rate, long periodMilli) {
    assertThat(ProxyRate.parse(rate).period()).isEqualTo(Duration.ofMillis(periodMilli));
  }

  @Test
  void isWrittenAsItWasRead() {
    assertThat(ProxyRate.parse("60r/m")).hasToString("60r/m");
    assertThat(ProxyRate.parse("2r/s")).hasToString("2r/s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "r/m", "1r/h", "1.5r/m", "-1r/m", " 1r/m", "1 r/m", "1R/M"})
  void refusesOtherNotations(String text) {
    assertThatThrownBy(() -> ProxyRate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("1r/m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0r/m", "60001r/m", "0r/s", "1001r/s", "999999999r/s"})
  void refusesRatesBeyondNginxsClock(String text) {
    assertThatThrownBy(() -> ProxyRate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
