package io.sluice.ops.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RequestForecastTest {
  private static final ProxyRate WINDOW = ProxyRate.parse("1r/m");
  private static final long MIB = 1_048_576;

  @Test
  void aWindowOfNginxIsLongerThanAMinute() {
    RequestForecast requests = new RequestForecast(600, WINDOW, 1, MIB);

    assertThat(requests.requestsPerDay()).isCloseTo(86_400 / 62.5, within(0.01));
    assertThat(requests.rowsPerRequest()).isCloseTo(600 * 62.5, within(0.01));
    assertThat(requests.fits()).isTrue();
  }

  @Test
  void whatDoesNotFitNeedsLanes() {
    RequestForecast requests = new RequestForecast(5_000, WINDOW, 1, MIB);

    assertThat(requests.fits()).isFalse();
    assertThat(requests.lanesThatFit()).isEqualTo(7); // 312,500 rows a window, 48,000 a request
    assertThat(new RequestForecast(5_000, WINDOW, 6, MIB).fits()).isFalse();
    assertThat(new RequestForecast(5_000, WINDOW, 7, MIB).fits()).isTrue();
  }

  @Test
  void aLaneCarriesWhatOneRequestHolds() {
    assertThat(new RequestForecast(1, WINDOW, 1, MIB).mostRowsPerSecond())
        .isCloseTo(48_000 / 62.5, within(0.001));
  }

  @Test
  void windowsWithoutRowsHaveNoRequest() {
    RequestForecast requests = new RequestForecast(0.001, WINDOW, 1, MIB);

    assertThat(requests.requestsPerDay()).isCloseTo(86.4, within(0.001));
    assertThat(requests.rowsPerRequest()).isCloseTo(1, within(0.001));
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> new RequestForecast(0, WINDOW, 1, MIB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
  }
}
