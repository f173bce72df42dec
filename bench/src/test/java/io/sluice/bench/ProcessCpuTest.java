package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProcessCpuTest {
  @Test
  void theIdleBaselineIsTakenOffForAsLongAsTheWorkTook() {
    assertThat(ProcessCpu.ofWork(6, 20, 0.05)).isCloseTo(5, within(1e-9));
  }

  @Test
  void aBaselineAboveTheUseLeavesNothing() {
    assertThat(ProcessCpu.ofWork(0.01, 1, 0.5)).isZero();
  }
}
