package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, PT1S, PT1S, PT1S, connect",
    "PT1S, PT0.0009S, PT1S, PT1S, continueWait",
    "PT1S, PT1S, PT1H0.001S, PT1H0.001S, response",
    "PT1S, PT1S, PT1S, PT1H0.001S, total",
    "PT1S, PT1S, PT1S, PT0.999S, total",
  })
  void namesTheOneThatIsOutOfItsRange(
      Duration connect, Duration continueWait, Duration response, Duration total, String field) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeouts(connect, continueWait, response, total))
        .withMessageContaining("timeouts." + field + " is ");
  }

  @ParameterizedTest
  @CsvSource({"PT0.001S", "PT1H"})
  void takesTheEndsOfTheRange(Duration each) {
    assertThat(new Timeouts(each, each, each, each).total()).isEqualTo(each);
  }
}
