package io.sluice.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RisingCounterTest {
  @Test
  void goesOnWhereAKilledProcessLeftOff() {
    RisingCounter counter = new RisingCounter();

    assertThat(counter.read(3)).isEqualTo(3);
    assertThat(counter.read(5)).isEqualTo(5);
    assertThat(counter.read(0)).isEqualTo(5);
    assertThat(counter.read(2)).isEqualTo(7);
  }
}
