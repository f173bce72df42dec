package io.sluice.feed.kafka;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator.PartitionOffsetsRetrieverImpl;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers, over a connection that is made when it is first needed. */
final class BrokerTopic implements Topic {
  /** An admin client gives up after a minute by itself. */
  private static final long ANSWER_WITHIN_SECONDS = 90;

  private final String topic;
  private final String groupId;
  private final OffsetsInitializer startingOffsets;
  private final Properties adminProperties;
  private AdminClient admin;

  BrokerTopic(
      String topic,
      String groupId,
      OffsetsInitializer startingOffsets,
      Properties adminProperties) {
    this.topic = topic;
    this.groupId = groupId;
    this.startingOffsets = startingOffsets;
    this.adminProperties = adminProperties;
  }

  @Override
  public View look() throws Exception {
    TopicDescription found = describe(topic);
    return new View(found.topicId(), partitions(found));
  }

  @Override
  public Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) {
    return startingOffsets.getPartitionOffsets(partitions, offsets());
  }

  @Override
  public Map<TopicPartition, Long> earliest(Set<TopicPartition> partitions) {
    return offsets().beginningOffsets(partitions);
  }

  @Override
  public Map<TopicPartition, Long> latest(Set<TopicPartition> partitions) {
    return offsets().endOffsets(partitions);
  }

  @Override
  public Map<TopicPartition, Long> unread(Map<TopicPartition, Long> positions) throws Exception {
    Set<TopicPartition> there = existing(positions.keySet());
    Map<TopicPartition, Long> earliest = earliest(there);
    Map<TopicPartition, Long> latest = latest(there);
    Map<TopicPartition, Long> unread = new HashMap<>();
    for (TopicPartition partition : there) {
      long from = Math.max(positions.get(partition), earliest.get(partition));
      if (from < latest.get(partition)) {
        unread.put(partition, latest.get(partition) - from);
      }
    }
    return unread;
  }

  private Set<TopicPartition> existing(Collection<TopicPartition> partitions) throws Exception {
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
    return admin()
        .describeTopics(List.of(name))
        .topicNameValues()
        .get(name)
        .get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  private static Set<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
        .collect(toSet());
  }

  private OffsetsInitializer.PartitionOffsetsRetriever offsets() {
    return new PartitionOffsetsRetrieverImpl(admin(), groupId);
  }

  private AdminClient admin() {
    if (admin == null) {
      admin = AdminClient.create(adminProperties);
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
