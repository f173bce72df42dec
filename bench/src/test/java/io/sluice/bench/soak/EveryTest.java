package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EveryTest {
  private final Every every = new Every(Duration.ofSeconds(10));

  @Test
  void isDueOncePerInterval() {
    assertThat(every.isDue(9.9)).isFalse();
    assertThat(every.isDue(10.2)).isTrue();
    assertThat(every.isDue(10.7)).isFalse();
    assertThat(every.isDue(20.1)).isTrue();
  }

  @Test
  void whatWasMissedIsNotMadeUpFor() {
    assertThat(every.isDue(45)).isTrue();
    assertThat(every.isDue(46)).isFalse();
    assertThat(every.isDue(50)).isTrue();
  }
}
