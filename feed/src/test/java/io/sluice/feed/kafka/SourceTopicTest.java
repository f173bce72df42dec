package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SourceTopicTest {
  @Test
  void readsOnUnlessBounded() {
    assertThat(topic(false, Map.of()).getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(topic(true, Map.of()).getBoundedness()).isEqualTo(Boundedness.BOUNDED);
  }

  @Test
  void readsCommittedMessagesOnlyInLargeFetches() {
    assertThat(topic(false, Map.of()).consumerProperties())
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("max.partition.fetch.bytes", "8388608")
        .containsEntry("max.poll.records", "10000")
        .containsEntry("partition.discovery.interval.ms", "10000");
  }

  @Test
  void letsGivenSettingsWin() {
    assertThat(
            topic(false, Map.of("max.poll.records", "7", "security.protocol", "SSL"))
                .consumerProperties())
        .containsEntry("max.poll.records", "7")
        .containsEntry("security.protocol", "SSL");
  }

  @Test
  void travelsToTheTask() throws Exception {
    SourceTopic topic = topic(true, Map.of("security.protocol", "SSL"));

    assertThat(InstantiationUtil.clone(topic)).isEqualTo(topic);
  }

  @Test
  void namesTheSettingThatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SourceTopic("localhost:9092", "http_log", " ", false, Map.of()))
        .withMessageContaining("groupId");
  }

  private static SourceTopic topic(boolean bounded, Map<String, String> clientProperties) {
    return new SourceTopic("localhost:9092", "http_log", "sluice", bounded, clientProperties);
  }
}
