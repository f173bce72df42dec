package io.sluice.feed.kafka;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** What Kafka says of a topic. All calls may block; one at a time. */
interface Topic extends AutoCloseable {
  /**
   * The topic at a moment.
   *
   * @param id differs when a topic was deleted and another one created under its name; {@link
   *     Uuid#ZERO_UUID} if the brokers know no ids
   */
  record View(Uuid id, Set<TopicPartition> partitions) {
    public View {
      partitions = Set.copyOf(partitions);
    }
  }

  /**
   * The topic now.
   *
   * @throws Exception if Kafka does not tell, or has no such topic
   */
  View look() throws Exception;

  /** Where a job without state starts: at the group's committed offsets, else the earliest. */
  Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) throws Exception;

  /** The first offset that Kafka still has, per partition. */
  Map<TopicPartition, Long> earliest(Set<TopicPartition> partitions) throws Exception;

  /** The offset of the next message, per partition. */
  Map<TopicPartition, Long> latest(Set<TopicPartition> partitions) throws Exception;

  /**
   * How many messages of any topics are there at these offsets and behind them.
   *
   * @return only partitions with any; a topic that is gone has none
   */
  Map<TopicPartition, Long> unread(Map<TopicPartition, Long> positions) throws Exception;

  @Override
  void close();
}
