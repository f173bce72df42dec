package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.feed.testing.RegisteredCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class WatchedMessagesTest {
  private static final TopicPartition P0 = new TopicPartition("http_log", 0);
  private static final TopicPartition P1 = new TopicPartition("http_log", 1);
  private static final long COMMITTED = -3;

  private final RegisteredCounters counters = new RegisteredCounters();
  private final FakeTopic topic = new FakeTopic();
  private final List<OffsetGap> gaps = new ArrayList<>();
  private final List<KafkaMessage> out = new ArrayList<>();
  private final ListCollector<KafkaMessage> collector = new ListCollector<>(out);
  private final WatchedMessages messages =
      new WatchedMessages(gaps::add, () -> topic, counters.environment().getMetricGroup());

  @Test
  void passesBytesAndPlaceOnWithoutCopying() {
    byte[] value = {1, 2, 3};
    startsAt(P1, 17);

    messages.deserialize(kafka(P1, 17, value), collector);

    assertThat(out).hasSize(1);
    KafkaMessage message = out.get(0);
    assertThat(message.value).isSameAs(value);
    assertThat(message.topic).isEqualTo("http_log");
    assertThat(message.partition).isEqualTo(1);
    assertThat(message.offset).isEqualTo(17);
    assertThat(message.timestampEpochMilli).isEqualTo(1795176000000L);
  }

  @Test
  void passesATombstoneOn() {
    startsAt(P0, 17);

    messages.deserialize(kafka(P0, 17, new byte[] {1}), collector);
    messages.deserialize(kafka(P0, 18, null), collector);

    assertThat(out.get(1).value).isNull();
    assertThat(out.get(1).offset).isEqualTo(18);
  }

  @Test
  void reusesTheMessage() {
    startsAt(P0, 17);

    read(P0, 17, 18);

    assertThat(out.get(0)).isSameAs(out.get(1));
  }

  @Test
  void namesAPojo() {
    assertThat(messages.getProducedType()).isInstanceOf(PojoTypeInfo.class);
  }

  @Test
  void passesNothingOnOfATopicThatWasCreatedAnew() {
    messages.reads(new TopicIdentity(topic.id.toString(), false));
    startsAt(P0, 5);
    read(P0, 5);
    topic.id = Uuid.randomUuid();

    assertThatIllegalStateException()
        .isThrownBy(() -> read(P0, 0))
        .withMessage("http_log-0 went back from offset 6 to 0: the topic was created anew");
    assertThat(out).hasSize(1);
  }

  @Test
  void goesOnWhereABrokerLostItsNewestMessages() {
    messages.reads(new TopicIdentity(topic.id.toString(), false));
    startsAt(P0, 5);

    read(P0, 5, 3, 4);

    assertThat(out).hasSize(3);
    assertThat(gaps).isEmpty();
  }

  @Test
  void passesNothingOnWhereOffsetsWentBackAndKafkaDoesNotSayWhy() {
    messages.reads(new TopicIdentity(topic.id.toString(), false));
    startsAt(P0, 5);
    topic.away = true;

    assertThatIllegalStateException().isThrownBy(() -> read(P0, 3));
    assertThat(out).isEmpty();
  }

  @Test
  void countsATopicThatWasCreatedAnewOnce() {
    messages.reads(new TopicIdentity(topic.id.toString(), true));
    messages.reads(new TopicIdentity(topic.id.toString(), true));

    assertThat(counters.count("taskmanager.job.task.sluice.topicsCreatedAnew")).isEqualTo(1);
  }

  @Test
  void passesOnEveryMessageAndSeesNoGapInARow() {
    startsAt(P0, 5);

    read(P0, 5, 6, 7);

    assertThat(out).hasSize(3);
    assertThat(gaps).isEmpty();
  }

  @Test
  void seesWhereOffsetsAreMissing() {
    startsAt(P0, 5);

    read(P0, 5, 9, 10);

    assertThat(gaps).containsExactly(new OffsetGap(P0, 6, 9));
    assertThat(out).hasSize(3);
  }

  @Test
  void seesThatTheFirstMessageAfterARestoreIsNotTheOneExpected() {
    startsAt(P0, 5);

    read(P0, 105);

    assertThat(gaps).containsExactly(new OffsetGap(P0, 5, 105));
  }

  @Test
  void doesNotKnowWhatToExpectWhereKafkaKnowsTheStart() {
    startsAt(P0, COMMITTED);

    read(P0, 105, 107);

    assertThat(gaps).containsExactly(new OffsetGap(P0, 106, 107));
  }

  @Test
  void keepsPartitionsApart() {
    startsAt(P1, 1_000);
    startsAt(P0, 0);

    read(P0, 0);
    read(P1, 1_000);
    read(P0, 1);
    read(P1, 1_002);

    assertThat(gaps).containsExactly(new OffsetGap(P1, 1_001, 1_002));
  }

  @Test
  void aTopicThatBeginsAnewIsNoGap() {
    startsAt(P0, 5);

    read(P0, 0, 2);

    assertThat(gaps).containsExactly(new OffsetGap(P0, 1, 2));
  }

  private void startsAt(TopicPartition partition, long offset) {
    messages.startsAt(new KafkaPartitionSplit(partition, offset));
  }

  private void read(TopicPartition partition, long... offsets) {
    for (long offset : offsets) {
      messages.deserialize(kafka(partition, offset, new byte[] {1}), collector);
    }
  }

  private static ConsumerRecord<byte[], byte[]> kafka(
      TopicPartition partition, long offset, byte[] value) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        1795176000000L,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
