package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WatchedOutputTest {
  private static final TopicPartition P0 = new TopicPartition("http_log", 0);
  private static final TopicPartition P1 = new TopicPartition("http_log", 1);
  private static final long COMMITTED = -3;

  private final List<OffsetGap> gaps = new ArrayList<>();
  private final PassedOn passedOn = new PassedOn();
  private final WatchedOutput output = new WatchedOutput(gaps::add, this::wentBack).to(passedOn);

  private boolean createdAnew;

  private void wentBack(TopicPartition partition, long expected, long offset) {
    if (createdAnew) {
      throw new IllegalStateException("%s %d %d".formatted(partition, expected, offset));
    }
  }

  @Test
  void passesNothingOnOfATopicThatWasCreatedAnew() {
    SourceOutput<KafkaMessage> split = split(P0, 5);
    split.collect(message(P0, 5));
    createdAnew = true;

    assertThatIllegalStateException()
        .isThrownBy(() -> split.collect(message(P0, 0)))
        .withMessage("http_log-0 6 0");
    assertThat(passedOn.offsets).containsExactly(5L);
  }

  @Test
  void goesOnWhereABrokerLostItsNewestMessages() {
    SourceOutput<KafkaMessage> split = split(P0, 5);

    split.collect(message(P0, 5));
    split.collect(message(P0, 3));
    split.collect(message(P0, 4));

    assertThat(passedOn.offsets).containsExactly(5L, 3L, 4L);
    assertThat(gaps).isEmpty();
  }

  @Test
  void passesOnEveryMessageAndSeesNoGapInARow() {
    SourceOutput<KafkaMessage> split = split(P0, 5);

    split.collect(message(P0, 5));
    split.collect(message(P0, 6), 1795176000000L);

    assertThat(passedOn.offsets).containsExactly(5L, 6L);
    assertThat(gaps).isEmpty();
  }

  @Test
  void seesWhereOffsetsAreMissing() {
    SourceOutput<KafkaMessage> split = split(P0, 5);

    split.collect(message(P0, 5));
    split.collect(message(P0, 9), 1795176000000L);
    split.collect(message(P0, 10), 1795176000000L);

    assertThat(gaps).containsExactly(new OffsetGap(P0, 6, 9));
    assertThat(passedOn.offsets).containsExactly(5L, 9L, 10L);
  }

  @Test
  void seesThatTheFirstMessageAfterARestoreIsNotTheOneExpected() {
    split(P0, 5).collect(message(P0, 105));

    assertThat(gaps).containsExactly(new OffsetGap(P0, 5, 105));
  }

  @Test
  void doesNotKnowWhatToExpectWhereKafkaKnowsTheStart() {
    SourceOutput<KafkaMessage> split = split(P0, COMMITTED);

    split.collect(message(P0, 105));
    split.collect(message(P0, 107));

    assertThat(gaps).containsExactly(new OffsetGap(P0, 106, 107));
  }

  @Test
  void keepsPartitionsApart() {
    SourceOutput<KafkaMessage> first = split(P0, 0);
    SourceOutput<KafkaMessage> second = split(P1, 1_000);

    first.collect(message(P0, 0));
    second.collect(message(P1, 1_000));
    first.collect(message(P0, 1));
    second.collect(message(P1, 1_002));

    assertThat(gaps).containsExactly(new OffsetGap(P1, 1_001, 1_002));
  }

  @Test
  void aTopicThatBeginsAnewIsNoGap() {
    SourceOutput<KafkaMessage> split = split(P0, 5);

    split.collect(message(P0, 0));
    split.collect(message(P0, 2));

    assertThat(gaps).containsExactly(new OffsetGap(P0, 1, 2));
  }

  @Test
  void releasesTheSplitDownstream() {
    split(P0, 5);

    output.releaseOutputForSplit(P0.toString());

    assertThat(passedOn.released).containsExactly("http_log-0");
  }

  @Test
  void refusesAnotherOutput() {
    assertThat(output.to(passedOn)).isSameAs(output);
    assertThatIllegalStateException().isThrownBy(() -> output.to(new PassedOn()));
  }

  private SourceOutput<KafkaMessage> split(TopicPartition partition, long startingOffset) {
    output.startsAt(partition.toString(), startingOffset);
    return output.createOutputForSplit(partition.toString());
  }

  private static KafkaMessage message(TopicPartition partition, long offset) {
    KafkaMessage message = new KafkaMessage();
    message.topic = partition.topic();
    message.partition = partition.partition();
    message.offset = offset;
    return message;
  }
}
