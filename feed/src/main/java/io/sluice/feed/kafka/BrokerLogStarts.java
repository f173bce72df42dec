package io.sluice.feed.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers, over a connection that is made when it is first needed. */
final class BrokerLogStarts implements LogStarts {
  private static final long ANSWER_WITHIN_SECONDS = 10;

  private final Properties adminProperties;
  private Admin admin;

  BrokerLogStarts(Properties adminProperties) {
    this.adminProperties = adminProperties;
  }

  @Override
  public Map<TopicPartition, Long> of(Set<TopicPartition> partitions) throws Exception {
    if (admin == null) {
      admin = Admin.create(adminProperties);
    }
    Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
    partitions.forEach(partition -> earliest.put(partition, OffsetSpec.earliest()));
    ListOffsetsResult answer = admin.listOffsets(earliest);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      starts.put(
          partition,
          answer.partitionResult(partition).get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).offset());
    }
    return starts;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
