package io.sluice.sandbox.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.stack.JobArguments;
import java.time.Duration;
import java.util.List;
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

  @Test
  void theLimitIsTheConfiguredOneButAFifthOfTheHeapAtMost() {
    StackOptions stack = StackOptions.defaults();
    BufferLimit usual = BufferLimit.of(stack, JobArguments.of(stack));
    BufferLimit small =
        BufferLimit.of(
            stack, JobArguments.of(stack, List.of("--buffer.max-bytes", Long.toString(4L << 20))));

    assertThat(usual.bytes(4L << 30)).isEqualTo(256L << 20);
    assertThat(usual.bytes(1L << 30)).isEqualTo((1L << 30) / 5);
    assertThat(small.bytes(1L << 30)).isEqualTo(4L << 20);
  }
}
