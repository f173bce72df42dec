package io.sluice.feed.kafka;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator.PartitionOffsetsRetrieverImpl;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What Kafka says of a topic, over a connection that is made when it is first needed. All calls may
 * block, for a minute at most, where the admin client gives up; one at a time.
 */
class Topic implements AutoCloseable {
  private final SourceTopic source;
  private AdminClient admin;

  /**
   * The topic at a moment.
   *
   * @param id differs when a topic was deleted and another one created under its name; {@link
   *     Uuid#ZERO_UUID} if the brokers know no ids
   */
  record View(Uuid id, Set<TopicPartition> partitions) {}

  Topic(SourceTopic source) {
    this.source = source;
  }

  /** The topic now; fails if Kafka does not tell, or has no such topic. */
  View look() throws Exception {
    TopicDescription found = describe(source.topic());
    return new View(found.topicId(), partitions(found));
  }

  /**
   * Where a job without state starts: at the group's committed offsets, else the earliest, as
   * numbers. Left to the consumer, a split would have no number until its first record, and what
   * Kafka deletes before that one would not be missed.
   */
  Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) throws Exception {
    Map<TopicPartition, Long> starts = new HashMap<>(earliest(partitions));
    starts.putAll(offsets().committedOffsets(partitions));
    return starts;
  }

  /** The first offset that Kafka still has, per partition. */
  Map<TopicPartition, Long> earliest(Set<TopicPartition> partitions) throws Exception {
    return offsets().beginningOffsets(partitions);
  }

  /** The offset of the next message, per partition. */
  Map<TopicPartition, Long> latest(Set<TopicPartition> partitions) throws Exception {
    return offsets().endOffsets(partitions);
  }

  /**
   * How many messages of any topics are there at these offsets and behind them.
   *
   * @return only partitions with any; a topic that is gone has none
   */
  Map<TopicPartition, Long> unread(Map<TopicPartition, Long> positions) throws Exception {
    Set<TopicPartition> there = existing(positions.keySet());
    Map<TopicPartition, Long> earliest = earliest(there);
    Map<TopicPartition, Long> unread = new HashMap<>();
    latest(there)
        .forEach(
            (partition, end) -> {
              long from = Math.max(positions.get(partition), earliest.get(partition));
              if (from < end) {
                unread.put(partition, end - from);
              }
            });
    return unread;
  }

  private Set<TopicPartition> existing(Set<TopicPartition> partitions) throws Exception {
    Set<TopicPartition> there = new HashSet<>();
    for (String name : partitions.stream().map(TopicPartition::topic).collect(toSet())) {
      try {
        there.addAll(partitions(describe(name)));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    there.retainAll(partitions);
    return there;
  }

  private TopicDescription describe(String name) throws Exception {
    return admin().describeTopics(List.of(name)).topicNameValues().get(name).get();
  }

  private static Set<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
        .collect(toSet());
  }

  private PartitionOffsetsRetrieverImpl offsets() {
    return new PartitionOffsetsRetrieverImpl(admin(), source.groupId());
  }

  private AdminClient admin() {
    if (admin == null) {
      admin = AdminClient.create(source.adminProperties());
    }
    return admin;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
