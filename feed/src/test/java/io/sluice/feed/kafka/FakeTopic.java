package io.sluice.feed.kafka;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Topics in memory: the first offset and the next one of each partition. */
class FakeTopic extends Topic {
  final Map<TopicPartition, Long> starts = new HashMap<>();
  final Map<TopicPartition, Long> ends = new HashMap<>();
  final Map<TopicPartition, Long> committed = new HashMap<>();
  Uuid id = Uuid.randomUuid();
  boolean away;

  FakeTopic() {
    super(new SourceTopic("none:1", "http_log", "sluice", false, Map.of()));
  }

  FakeTopic with(TopicPartition partition, long start, long end) {
    starts.put(partition, start);
    ends.put(partition, end);
    return this;
  }

  @Override
  View look() throws IOException {
    if (away) {
      throw new IOException("nobody answers");
    }
    return new View(
        id, starts.keySet().stream().filter(p -> p.topic().equals("http_log")).collect(toSet()));
  }

  @Override
  Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) {
    return partitions.stream()
        .collect(toMap(p -> p, p -> committed.getOrDefault(p, starts.get(p))));
  }

  @Override
  Map<TopicPartition, Long> earliest(Set<TopicPartition> partitions) throws Exception {
    return partitions.stream().collect(toMap(p -> p, starts::get));
  }

  @Override
  Map<TopicPartition, Long> latest(Set<TopicPartition> partitions) {
    return partitions.stream().collect(toMap(p -> p, ends::get));
  }

  @Override
  Map<TopicPartition, Long> unread(Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> unread = new HashMap<>();
    positions.forEach(
        (partition, from) -> {
          long behind = ends.getOrDefault(partition, 0L) - from;
          if (behind > 0) {
            unread.put(partition, behind);
          }
        });
    return unread;
  }

  @Override
  public void close() {}
}
