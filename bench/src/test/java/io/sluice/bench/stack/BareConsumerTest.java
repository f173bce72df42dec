package io.sluice.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.process.Subprocess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BareConsumerTest {
  @Test
  void runsInAJvmOfItsOwn() {
    Subprocess.Outcome outcome =
        Subprocess.complete(BareConsumer.command("brokers"), Duration.ofMinutes(1));

    assertThat(outcome.output()).contains("arguments must be: brokers, topic, number of records");
  }
}
