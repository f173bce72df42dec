package io.sluice.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.proxy.AccessLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class HungRequestTest {
  @Test
  void isTheLongestThatWasAccepted() {
    assertThat(HungRequest.in(List.of(entry(200, 40_250), entry(503, 90_000), entry(200, 800))))
        .contains(new HungRequest(40.25, 123));
  }

  @Test
  void isNotThereUntilARequestWasAccepted() {
    assertThat(HungRequest.in(List.of(entry(503, 1)))).isEmpty();
  }

  private static AccessLog.Entry entry(int status, long durationMilli) {
    return new AccessLog.Entry(123, status, 1_000, durationMilli, "POST", "token");
  }
}
