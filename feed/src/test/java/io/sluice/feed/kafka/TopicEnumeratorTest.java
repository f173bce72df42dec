package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicEnumeratorTest {
  private static final TopicPartition P0 = new TopicPartition("http_log", 0);
  private static final TopicPartition P1 = new TopicPartition("http_log", 1);
  private static final TopicPartition FORMER = new TopicPartition("former", 0);

  private final FakeTopic topic = new FakeTopic().with(P0, 10, 100).with(P1, 20, 200);
  private final Uuid id = topic.id;
  private FakeCoordinator flink = new FakeCoordinator(1);

  @Test
  void startsAtCommittedOffsetsOrTheEarliest() {
    topic.committed.put(P0, 50L);
    started(false, null);

    assertThat(flink.splits()).containsExactlyInAnyOrder(split(P0, 50), split(P1, 20));
    assertThat(flink.noMore).isEmpty();
    assertThat(flink.identities).containsOnly(new TopicIdentity(id.toString(), false));
  }

  @Test
  void readsPartitionsThatComeLaterFromTheirStart() {
    TopicPartition later = new TopicPartition("http_log", 2);
    started(false, null);
    topic.committed.put(later, 7L);
    topic.with(later, 3, 9);

    flink.lookAgain();

    assertThat(flink.splits()).hasSize(3).contains(split(later, 3));
  }

  @Test
  void aBoundedRunEndsAtWhatIsThereAtTheStart() {
    TopicEnumerator enumerator = started(true, null);
    topic.with(P0, 10, 150);
    topic.with(new TopicPartition("http_log", 2), 0, 5);
    flink.lookAgain();

    assertThat(flink.splits()).containsExactlyInAnyOrder(split(P0, 10, 100), split(P1, 20, 200));
    assertThat(flink.noMore).containsExactly(0);

    flink.fail(0);
    flink.register(enumerator, 0, split(P0, 70, 100));
    flink.answer();
    assertThat(flink.splits()).hasSize(3).endsWith(split(P0, 70, 100));
    assertThat(flink.noMore).containsExactly(0, 0);
  }

  @Test
  void aBoundedRunThatIsResumedEndsWhereItWouldHave() {
    TopicState state = state(id, List.of(split(P0, 10, 90), split(P1, 20, 180)));
    started(true, state, split(P0, 60, 90));

    assertThat(flink.splits()).as("one was finished").containsExactly(split(P0, 60, 90));
    assertThat(flink.noMore).containsExactly(0);
  }

  @Test
  void aBoundedRunThatContinuesAnUnboundedOneEndsAtWhatIsThereAtTheStart() {
    TopicPartition created = new TopicPartition("http_log", 2);
    topic.with(created, 3, 9);
    started(true, state(id, List.of(split(P0, 10), split(P1, 20))), split(P0, 60), split(P1, 200));

    assertThat(flink.splits())
        .containsExactlyInAnyOrder(split(P0, 60, 100), split(P1, 200, 200), split(created, 3, 9));
    assertThat(flink.noMore).containsExactly(0);
  }

  @Test
  void anUnboundedRunReadsOnBehindTheEndOfABoundedOne() {
    TopicState state = state(id, List.of(split(P0, 10, 90), split(P1, 20, 180)));
    started(false, state, split(P0, 60, 90));

    assertThat(flink.splits()).containsExactlyInAnyOrder(split(P0, 60), split(P1, 180));
    assertThat(flink.noMore).isEmpty();
  }

  @Test
  void handsRestoredPartitionsOutOnlyWhenAllReadersHaveReported() {
    flink = new FakeCoordinator(2);
    TopicEnumerator enumerator = enumerator(false, state(id, List.of(split(P0, 1), split(P1, 2))));
    enumerator.start();
    flink.register(enumerator, 1, split(P0, 60), split(P1, 70));
    flink.answer();
    assertThat(flink.handedOut).isEmpty();
    assertThat(enumerator.snapshotState(1).partitions().unassignedSplits())
        .containsExactlyInAnyOrder(split(P0, 60), split(P1, 70));

    flink.register(enumerator, 0);
    flink.answer();
    assertThat(flink.splits()).containsExactlyInAnyOrder(split(P0, 60), split(P1, 70));
    assertThat(flink.handedOut).as("one each").hasSize(2);
  }

  @Test
  void givesAReaderThatComesBackWhatItHad() {
    TopicEnumerator enumerator = started(false, state(id, List.of()), split(P0, 60), split(P1, 70));
    flink.fail(0);
    enumerator.addSplitsBack(List.of(split(P0, 60), split(P1, 70)), 0);
    flink.handedOut.clear();

    flink.register(enumerator, 0, split(P0, 60), split(P1, 70));
    flink.answer();

    assertThat(flink.splits()).containsExactlyInAnyOrder(split(P0, 60), split(P1, 70));
  }

  @Test
  void readsATopicThatWasCreatedAnewFromItsBeginning() {
    topic.with(P0, 0, 8);
    TopicState state = state(Uuid.randomUuid(), List.of(split(P0, 1), split(P1, 2)));
    TopicEnumerator enumerator = started(false, state, split(P0, 5), split(P1, 70));

    assertThat(flink.splits())
        .as("also what was deleted already: the reader counts it")
        .containsExactlyInAnyOrder(split(P0, 0), split(P1, 0));
    assertThat(flink.identities).containsOnly(new TopicIdentity(id.toString(), true));
    assertThat(enumerator.snapshotState(1).topicId()).isEqualTo(id);

    // Before the next checkpoint the reader restores the positions in the former topic once more.
    flink.fail(0);
    enumerator.addSplitsBack(List.of(split(P0, 0), split(P1, 0)), 0);
    flink.handedOut.clear();
    flink.register(enumerator, 0, split(P0, 5), split(P1, 70));
    flink.answer();
    assertThat(flink.splits()).containsExactlyInAnyOrder(split(P0, 0), split(P1, 0));
  }

  @Test
  void noSnapshotHasPositionsOfAFormerTopicUnderTheIdOfANewOne() {
    Uuid former = Uuid.randomUuid();
    TopicEnumerator enumerator = enumerator(false, state(former, List.of(split(P0, 1))));
    enumerator.start();
    flink.answer();
    assertThat(enumerator.snapshotState(1).topicId()).as("nobody has reported").isEqualTo(former);

    flink.register(enumerator, 0, split(P0, 60));
    TopicState reported = enumerator.snapshotState(2);
    assertThat(reported.topicId()).isEqualTo(former);
    assertThat(reported.partitions().unassignedSplits()).containsExactly(split(P0, 60));

    flink.answer();
    TopicState settled = enumerator.snapshotState(3);
    assertThat(settled.topicId()).isEqualTo(id);
    assertThat(settled.partitions().splits())
        .extracting(status -> status.split().getStartingOffset())
        .containsOnly(0L);
  }

  @Test
  void aBoundedRunOfATopicThatWasCreatedAnewEndsAtWhatIsThere() {
    started(true, state(Uuid.randomUuid(), List.of(split(P0, 1, 9))), split(P0, 5, 9));

    assertThat(flink.splits()).containsExactlyInAnyOrder(split(P0, 0, 100), split(P1, 0, 200));
    assertThat(flink.noMore).containsExactly(0);
  }

  @Test
  void restartsTheJobWhenTheTopicIsCreatedAnewWhileItIsRead() {
    TopicEnumerator enumerator = started(false, null);
    topic.id = Uuid.randomUuid();

    assertThatIllegalStateException()
        .isThrownBy(flink::lookAgain)
        .withMessageContaining("http_log was created anew");
    assertThat(enumerator.snapshotState(1).topicId()).as("the positions' topic").isEqualTo(id);
  }

  @Test
  void takesTheFirstIdItSeesForThatOfAStateWithoutOne() {
    TopicState state = state(Uuid.ZERO_UUID, List.of(split(P0, 1)));
    TopicEnumerator enumerator = started(false, state, split(P0, 60));

    assertThat(flink.splits()).contains(split(P0, 60));
    assertThat(enumerator.snapshotState(1).topicId()).isEqualTo(id);
  }

  @Test
  void refusesToLeaveAnotherTopicUnread() {
    topic.ends.put(FORMER, 90L);
    TopicEnumerator enumerator = enumerator(false, state(id, List.of(split(FORMER, 1))));
    enumerator.start();
    flink.register(enumerator, 0, split(FORMER, 60));

    assertThatExceptionOfType(SuppressRestartsException.class)
        .isThrownBy(flink::answer)
        .havingCause()
        .withMessageContainingAll(
            "kafka.topic is http_log", "former-0 from offset 60", "30 messages", "kafka.bounded");
    assertThat(flink.handedOut).isEmpty();
  }

  @Test
  void dropsAnotherTopicThatIsRead() {
    topic.ends.put(FORMER, 60L);
    topic.committed.put(P0, 50L);
    TopicEnumerator enumerator =
        started(false, state(Uuid.randomUuid(), List.of(split(FORMER, 1))), split(FORMER, 60));

    assertThat(flink.splits()).containsExactlyInAnyOrder(split(P0, 50), split(P1, 20));
    assertThat(flink.identities).containsOnly(new TopicIdentity(id.toString(), false));
    assertThat(enumerator.snapshotState(1).partitions().splits())
        .allMatch(split -> split.split().getTopic().equals("http_log"));
  }

  @Test
  void failsAtTheStartButNotLaterWhileKafkaIsAway() {
    topic.away = true;
    TopicEnumerator enumerator = enumerator(false, null);
    enumerator.start();
    assertThatIllegalStateException().isThrownBy(flink::answer).withMessageContaining("http_log");

    flink = new FakeCoordinator(1);
    topic.away = false;
    started(false, null);
    topic.away = true;
    flink.lookAgain();
    assertThat(flink.splits()).hasSize(2);
  }

  private TopicEnumerator started(
      boolean bounded, TopicState state, KafkaPartitionSplit... restored) {
    TopicEnumerator enumerator = enumerator(bounded, state);
    enumerator.start();
    flink.register(enumerator, 0, restored);
    flink.answer();
    return enumerator;
  }

  private TopicEnumerator enumerator(boolean bounded, TopicState state) {
    SourceTopic source = new SourceTopic("none:1", "http_log", "sluice", bounded, Map.of());
    return new TopicEnumerator(flink, topic, source, state);
  }

  private static TopicState state(Uuid id, List<KafkaPartitionSplit> assigned) {
    return new TopicState(id, new KafkaSourceEnumState(assigned, List.of(), true));
  }

  private static KafkaPartitionSplit split(TopicPartition partition, long from) {
    return new KafkaPartitionSplit(partition, from);
  }

  private static KafkaPartitionSplit split(TopicPartition partition, long from, long to) {
    return new KafkaPartitionSplit(partition, from, to);
  }
}
