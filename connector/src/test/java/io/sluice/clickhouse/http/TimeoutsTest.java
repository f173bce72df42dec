package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest {
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.0009S", "PT1H0.001S"})
  void refusesARequestOfNoTimeOrMoreThanAnHour(Duration total) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeouts.ofRequest(total))
        .withMessageStartingWith("requestTimeout: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.001S", "PT1H"})
  void takesTheEndsOfTheRange(Duration total) {
    assertThat(Timeouts.ofRequest(total).total()).isEqualTo(total);
  }
}
