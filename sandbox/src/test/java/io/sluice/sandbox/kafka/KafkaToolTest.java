package io.sluice.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KafkaToolTest {
  @Test
  void isKnownByItsShortNameAndByThatOfItsScript() {
    assertThat(KafkaTool.named("topics")).contains(KafkaTool.TOPICS);
    assertThat(KafkaTool.named("kafka-consumer-groups.sh")).contains(KafkaTool.CONSUMER_GROUPS);
    assertThat(KafkaTool.named("console-consumer")).isEmpty();
    assertThat(KafkaTool.names()).isEqualTo("topics, configs, consumer-groups, get-offsets");
  }
}
