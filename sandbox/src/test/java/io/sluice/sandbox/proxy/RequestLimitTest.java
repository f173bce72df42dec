package io.sluice.sandbox.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.capacity.ProxyRate;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestLimitTest {
  private final AtomicLong nowMilli = new AtomicLong(-5);
  private final RequestLimit limit = new RequestLimit(ProxyRate.parse("1r/m"), nowMilli::get);

  @Test
  void admitsTheFirstRequestAtOnce() {
    assertThat(limit.admit("a")).isTrue();
  }

  @Test
  void admitsTheNextRequestAPeriodLaterAndNoSooner() {
    limit.admit("a");

    nowMilli.addAndGet(62_499);
    assertThat(limit.admit("a")).isFalse();
    nowMilli.addAndGet(1);
    assertThat(limit.admit("a")).isTrue();
  }

  @Test
  void isNotPushedByRejectedRequests() {
    limit.admit("a");
    for (int i = 0; i < 62; i++) {
      nowMilli.addAndGet(1000);
      assertThat(limit.admit("a")).isFalse();
    }

    nowMilli.addAndGet(500);

    assertThat(limit.admit("a")).isTrue();
  }

  @Test
  void savesNothingUpOverIdleTime() {
    limit.admit("a");
    nowMilli.addAndGet(1_000_000);

    assertThat(limit.admit("a")).isTrue();
    assertThat(limit.admit("a")).isFalse();
  }

  @Test
  void countsEachClientForItself() {
    limit.admit("a");

    assertThat(limit.admit("b")).isTrue();
    assertThat(limit.admit("a")).isFalse();
  }
}
