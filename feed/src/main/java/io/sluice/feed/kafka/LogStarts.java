package io.sluice.feed.kafka;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Where the logs of partitions begin now. Its calls may block; one at a time. */
interface LogStarts extends AutoCloseable {
  /**
   * The first offset that Kafka still has, per partition.
   *
   * @throws Exception if Kafka does not tell
   */
  Map<TopicPartition, Long> of(Set<TopicPartition> partitions) throws Exception;

  @Override
  void close();
}
