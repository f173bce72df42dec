package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeadLetterTopicTest {
  /** Nobody listens there. */
  private static final String NO_BROKER = "127.0.0.1:1";

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void needsNoBrokerAsLongAsThereIsNoDeadLetter() {
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1);
    flink.enableCheckpointing(100);
    flink
        .fromData(new DeadLetter(null, "http_log", 0, 0, 0, "empty value"))
        .filter(letter -> false)
        .sinkTo(new DeadLetterTopic(NO_BROKER, "http_log_dead", false, Map.of()));

    assertThatCode(() -> flink.execute()).doesNotThrowAnyException();
  }

  @Test
  void waitsForAllReplicasAndNotForeverForABroker() {
    assertThat(new DeadLetterTopic(NO_BROKER, "dead", false, Map.of()).producerProperties())
        .containsEntry("acks", "all")
        .containsEntry("max.block.ms", "20000");
  }

  @Test
  void letsGivenSettingsWin() {
    assertThat(
            new DeadLetterTopic(NO_BROKER, "dead", false, Map.of("max.block.ms", "5"))
                .producerProperties())
        .containsEntry("max.block.ms", "5");
  }

  @Test
  void namesTheSettingThatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeadLetterTopic(NO_BROKER, "", false, Map.of()))
        .withMessageContaining("topic");
  }
}
