package io.sluice.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.proxy.AccessLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointBenchTest {
  @Test
  void theRequestThatHungIsTheLongestThatWasAccepted() {
    assertThat(
            CheckpointBench.hung(List.of(entry(200, 40_250), entry(503, 90_000), entry(200, 800))))
        .contains(entry(200, 40_250));
  }

  @Test
  void noneHungUntilARequestWasAccepted() {
    assertThat(CheckpointBench.hung(List.of(entry(503, 1)))).isEmpty();
  }

  private static AccessLog.Entry entry(int status, long durationMilli) {
    return new AccessLog.Entry(123, status, 1_000, durationMilli, "POST", "token");
  }
}
