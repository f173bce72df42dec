package io.sluice.ops.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RequestWindowTest {
  private final RequestWindow window = ofLanes(1);

  private static RequestWindow ofLanes(int lanes) {
    return new RequestWindow(ProxyRate.parse("1r/m"), lanes, 1_048_576);
  }

  @Test
  void aWindowOfNginxIsLongerThanAMinute() {
    assertThat(window.requestsPerDay(600)).isCloseTo(86_400 / 62.5, within(0.01));
    assertThat(window.rowsPerRequest(600)).isCloseTo(600 * 62.5, within(0.01));
    assertThat(window.fits(600)).isTrue();
  }

  @Test
  void whatDoesNotFitNeedsLanes() {
    assertThat(window.fits(5_000)).isFalse();
    assertThat(window.lanesThatFit(5_000)).isEqualTo(7); // 312,500 rows a window, 48,000 a request
    assertThat(ofLanes(6).fits(5_000)).isFalse();
    assertThat(ofLanes(7).fits(5_000)).isTrue();
  }

  @Test
  void aLaneCarriesWhatOneRequestHolds() {
    assertThat(window.mostRowsPerSecond()).isCloseTo(48_000 / 62.5, within(0.001));
  }

  @Test
  void windowsWithoutRowsHaveNoRequest() {
    assertThat(window.requestsPerDay(0.001)).isCloseTo(86.4, within(0.001));
    assertThat(window.rowsPerRequest(0.001)).isCloseTo(1, within(0.001));
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> ofLanes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
  }
}
