package io.sluice.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuUseTest {
  @Test
  void theIdleBaselineIsTakenOffForAsLongAsTheWorkTook() {
    double idleCores = ProcessCpu.CpuUse.cores(Duration.ofMillis(250), Duration.ofSeconds(5));
    ProcessCpu.CpuUse use =
        new ProcessCpu.CpuUse(Duration.ofSeconds(6), Duration.ofSeconds(20), idleCores);

    assertThat(idleCores).isEqualTo(0.05);
    assertThat(use.seconds()).isCloseTo(5, within(1e-9));
  }

  @Test
  void aBaselineAboveTheUseLeavesNothing() {
    assertThat(new ProcessCpu.CpuUse(Duration.ofMillis(10), Duration.ofSeconds(1), 0.5).seconds())
        .isZero();
  }

  @Test
  void cpuTimeThatWentBackwardsIsRefused() {
    assertThatThrownBy(
            () -> new ProcessCpu.CpuUse(Duration.ofMillis(-10), Duration.ofSeconds(1), 0))
        .hasMessageContaining("total PT-0.01S");
  }
}
