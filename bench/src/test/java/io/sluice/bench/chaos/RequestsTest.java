package io.sluice.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.proxy.AccessLog;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsTest {
  @Test
  void aTokenThatWasPassedOnBeforeIsAResend() {
    Requests requests = of("200 a", "502 b", "200 b", "200 b", "200 c");

    assertThat(requests.resends()).isEqualTo(2);
    assertThat(requests.accepted()).isEqualTo(4);
    assertThat(requests.failed()).isEqualTo(1);
  }

  @Test
  void whatTheProxyTurnedAwayIsNoResendLater() {
    Requests requests = of("503 a", "503 a", "200 a");

    assertThat(requests.resends()).isZero();
    assertThat(requests.tooEarly()).isEqualTo(2);
    assertThat(requests.all()).isEqualTo(3);
  }

  private static Requests of(String... statusAndToken) {
    List<AccessLog.Entry> log =
        Arrays.stream(statusAndToken)
            .map(line -> line.split(" ", -1))
            .map(part -> "1.000 " + part[0] + " 100 0.100 POST " + part[1])
            .map(AccessLog.Entry::parse)
            .toList();
    return Requests.of(log);
  }
}
