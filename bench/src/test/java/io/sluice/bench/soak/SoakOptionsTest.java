package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SoakOptionsTest {
  @Test
  void anOutageMustEndBeforeTheSoakDoes() {
    Outage outage = new Outage(Duration.ofMinutes(5), Duration.ofMinutes(10));

    assertThat(with(Duration.ofMinutes(15), outage).outage()).contains(outage);
    assertThatThrownBy(() -> with(Duration.ofMinutes(14), outage))
        .hasMessageContaining("ends after the duration");
  }

  private static SoakOptions with(Duration duration, Outage outage) {
    return new SoakOptions(
        duration,
        600,
        1,
        Duration.ofSeconds(10),
        Optional.empty(),
        Optional.of(outage),
        OptionalLong.empty());
  }
}
