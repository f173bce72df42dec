package io.sluice.feed.kafka;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit.NO_STOPPING_OFFSET;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a topic's partitions to the readers. Unlike the enumerator of Flink's connector it knows
 * what it hands out: readers report the positions that they restored (Flink does not give them back
 * by itself, see {@link org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery
 * SupportsSplitReassignmentOnRecovery}), and get them only when it is certain that
 *
 * <ul>
 *   <li>they are of the topic that there is now. If that was created anew, it is read from its
 *       beginning; if it happens while the job runs, the job restarts from its checkpoint, and
 *       finds it then;
 *   <li>they are of the topic that is configured. One of another topic that is read to its end, or
 *       gone, is dropped; else the job does not start;
 *   <li>they end if this run is bounded, and only then. A bounded run that is resumed ends where it
 *       would have; one that continues an unbounded run at what is there when it starts.
 * </ul>
 *
 * <p>All methods and fields belong to the coordinator's thread; Kafka is asked on another.
 */
final class TopicEnumerator implements SplitEnumerator<KafkaPartitionSplit, TopicState> {
  private static final Logger LOG = LoggerFactory.getLogger(TopicEnumerator.class);

  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final Topic topic;
  private final String name;
  private final boolean bounded;
  private final Duration lookEvery;

  /** What readers have, or had: a bounded split that was read to its end stays here. */
  private final Map<TopicPartition, KafkaPartitionSplit> assigned;

  /** What no reader has. */
  private final Map<TopicPartition, KafkaPartitionSplit> waiting;

  /** Readers that have not said yet what they restored. */
  private final Set<Integer> silent = new HashSet<>();

  private final Set<Integer> toldNoMore = new HashSet<>();

  /** Of the topic that the positions are of. */
  private Uuid topicId;

  /** Whether partitions have ever been found; those that come later are read from the start. */
  private boolean found;

  private Set<TopicPartition> there;
  private boolean createdAnew;
  private boolean restored;
  private boolean askingKafka;

  /** Whether a bounded run has all its partitions. */
  private boolean complete;

  /**
   * @param state of a checkpoint; null without one
   * @param lookEvery how often to look for new partitions; not positive for only once
   */
  TopicEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      Topic topic,
      String name,
      boolean bounded,
      Duration lookEvery,
      TopicState state) {
    this.context = context;
    this.topic = topic;
    this.name = name;
    this.bounded = bounded;
    this.lookEvery = lookEvery;
    this.restored = state != null;
    // What another topic left in the state says nothing of this one.
    boolean ofThisTopic =
        restored
            && state.partitions().splits().stream()
                .anyMatch(split -> split.split().getTopic().equals(name));
    this.topicId = ofThisTopic ? state.topicId() : Uuid.ZERO_UUID;
    this.found = ofThisTopic && state.partitions().initialDiscoveryFinished();
    this.assigned = byPartition(restored ? state.partitions().assignedSplits() : List.of());
    this.waiting = byPartition(restored ? state.partitions().unassignedSplits() : List.of());
    if (restored) {
      IntStream.range(0, context.currentParallelism()).forEach(silent::add);
    }
    this.complete = bounded && found && (hasEnds(assigned.values()) || hasEnds(waiting.values()));
  }

  private static Map<TopicPartition, KafkaPartitionSplit> byPartition(
      Collection<KafkaPartitionSplit> splits) {
    return new HashMap<>(
        splits.stream().collect(toMap(KafkaPartitionSplit::getTopicPartition, split -> split)));
  }

  private static boolean hasEnds(Collection<KafkaPartitionSplit> splits) {
    return splits.stream().anyMatch(split -> split.getStoppingOffset().isPresent());
  }

  @Override
  public void start() {
    if (lookEvery.isNegative() || lookEvery.isZero()) {
      context.callAsync(topic::look, this::looked);
    } else {
      context.callAsync(topic::look, this::looked, 0, lookEvery.toMillis());
    }
  }

  @Override
  public void addReader(int reader) {
    silent.remove(reader);
    toldNoMore.remove(reader);
    ReaderInfo info = context.registeredReaders().get(reader);
    List<KafkaPartitionSplit> reported = info.getReportedSplitsOnRegistration();
    for (KafkaPartitionSplit split : reported) {
      // What has been added back is newer than the checkpoint that the reader restored.
      if (waiting.putIfAbsent(split.getTopicPartition(), split) == null) {
        assigned.remove(split.getTopicPartition());
      }
    }
    // While the reader was away the topic may have been created anew.
    context.callAsync(topic::look, this::looked);
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int reader) {
    for (KafkaPartitionSplit split : splits) {
      waiting.put(split.getTopicPartition(), split);
      assigned.remove(split.getTopicPartition());
    }
  }

  @Override
  public void handleSplitRequest(int reader, String host) {
    // Readers get their splits unasked.
  }

  @Override
  public TopicState snapshotState(long checkpointId) {
    return new TopicState(
        topicId, new KafkaSourceEnumState(assigned.values(), waiting.values(), found));
  }

  @Override
  public void close() {
    topic.close();
  }

  private void looked(Topic.View now, Throwable failure) {
    if (failure != null && there == null) {
      throw new IllegalStateException("Kafka does not tell of topic " + name, failure);
    }
    if (failure != null) {
      LOG.warn("Kafka does not tell of topic {}; looking again later", name, failure);
      return;
    }
    boolean other = isKnown(now.id()) && isKnown(topicId) && !now.id().equals(topicId);
    if (other && there != null) {
      throw new IllegalStateException(
          "Topic %s was created anew while it was read; the job restarts, to read it from its"
                  .formatted(name)
              + " beginning");
    }
    createdAnew |= other;
    topicId = isKnown(now.id()) ? now.id() : topicId;
    there = now.partitions();
    goOn();
  }

  private static boolean isKnown(Uuid id) {
    return !id.equals(Uuid.ZERO_UUID);
  }

  /** Does what can be done with what is known; called whenever more is. */
  private void goOn() {
    if (there == null || !silent.isEmpty() || askingKafka) {
      return;
    }
    if (restored) {
      Map<TopicPartition, Long> former = formerPositions();
      if (!former.isEmpty()) {
        ask(() -> topic.unread(former), this::leaveFormerTopic);
        return;
      }
      settle();
      restored = false;
    }
    Set<TopicPartition> unknown = complete ? Set.of() : unknown();
    Map<TopicPartition, Long> endless = bounded ? endless() : Map.of();
    if (unknown.isEmpty() && endless.isEmpty()) {
      complete = bounded;
      handOut();
    } else {
      ask(() -> prepared(unknown, endless), this::take);
    }
  }

  /** One question at a time, since the answer may change what is to be asked. */
  private <T> void ask(Callable<T> question, Consumer<T> answer) {
    askingKafka = true;
    context.callAsync(
        question,
        (result, failure) -> {
          askingKafka = false;
          if (failure != null) {
            throw new IllegalStateException("Kafka does not tell of topic " + name, failure);
          }
          answer.accept(result);
          goOn();
        });
  }

  private Map<TopicPartition, Long> formerPositions() {
    assigned.keySet().removeIf(partition -> !partition.topic().equals(name));
    return waiting.values().stream()
        .filter(split -> !split.getTopic().equals(name))
        .collect(toMap(KafkaPartitionSplit::getTopicPartition, TopicEnumerator::position));
  }

  private static long position(KafkaPartitionSplit split) {
    return Math.max(0, split.getStartingOffset());
  }

  private void leaveFormerTopic(Map<TopicPartition, Long> unread) {
    Map<TopicPartition, Long> former = formerPositions();
    if (!unread.isEmpty()) {
      String topics =
          former.keySet().stream().map(TopicPartition::topic).distinct().collect(joining(", "));
      throw new UnreadTopicException(
          ("kafka.topic is %s, but the state that the job was resumed from has read %s, where %d"
                  + " messages are unread: %s. Resume with kafka.topic %s and kafka.bounded true,"
                  + " which ends when they are stored; then start with %s and without state")
              .formatted(
                  name,
                  topics,
                  unread.values().stream().mapToLong(Long::longValue).sum(),
                  places(unread.keySet(), former),
                  topics,
                  name));
    }
    LOG.warn(
        "kafka.topic is {} now; what the state has read before is left, nothing that Kafka still"
            + " has of it is unread: {}",
        name,
        places(former.keySet(), former));
    waiting.keySet().removeAll(former.keySet());
  }

  private static String places(Set<TopicPartition> partitions, Map<TopicPartition, Long> offsets) {
    Map<String, Long> sorted = new TreeMap<>();
    partitions.forEach(partition -> sorted.put(partition.toString(), offsets.get(partition)));
    return sorted.entrySet().stream()
        .map(each -> "%s from offset %d".formatted(each.getKey(), each.getValue()))
        .collect(joining(", "));
  }

  /** All readers have reported: makes the restored splits those of this topic and this run. */
  private void settle() {
    if (createdAnew) {
      Map<TopicPartition, Long> positions =
          waiting.values().stream()
              .collect(toMap(KafkaPartitionSplit::getTopicPartition, TopicEnumerator::position));
      LOG.error(
          "Topic {} was created anew; what the former one still had unread is lost to this job, and"
              + " Kafka does not tell how much. It was read until {}. The new one is read from its"
              + " beginning",
          name,
          places(positions.keySet(), positions));
      assigned.clear();
      waiting.clear();
      complete = false;
    } else if (!bounded) {
      // Whatever no reader has reported was read to its end.
      List.copyOf(assigned.values()).stream()
          .filter(split -> split.getStoppingOffset().isPresent())
          .forEach(split -> wait(split, split.getStoppingOffset().get(), NO_STOPPING_OFFSET));
      List.copyOf(waiting.values())
          .forEach(split -> wait(split, split.getStartingOffset(), NO_STOPPING_OFFSET));
    }
  }

  private void wait(KafkaPartitionSplit split, long from, long to) {
    TopicPartition partition = split.getTopicPartition();
    assigned.remove(partition);
    waiting.put(partition, new KafkaPartitionSplit(partition, from, to));
  }

  private Set<TopicPartition> unknown() {
    Set<TopicPartition> unknown = new HashSet<>(there);
    unknown.removeAll(assigned.keySet());
    unknown.removeAll(waiting.keySet());
    return unknown;
  }

  /** Where they begin. */
  private Map<TopicPartition, Long> endless() {
    return waiting.values().stream()
        .filter(split -> split.getStoppingOffset().isEmpty())
        .collect(
            toMap(KafkaPartitionSplit::getTopicPartition, KafkaPartitionSplit::getStartingOffset));
  }

  /** Runs on the thread that asks Kafka. */
  private List<KafkaPartitionSplit> prepared(
      Set<TopicPartition> unknown, Map<TopicPartition, Long> endless) throws Exception {
    Map<TopicPartition, Long> starts = new HashMap<>(starts(unknown));
    starts.putAll(endless);
    Map<TopicPartition, Long> ends = bounded ? topic.latest(starts.keySet()) : Map.of();
    return starts.entrySet().stream()
        .map(
            start ->
                new KafkaPartitionSplit(
                    start.getKey(),
                    start.getValue(),
                    ends.getOrDefault(start.getKey(), NO_STOPPING_OFFSET)))
        .toList();
  }

  private Map<TopicPartition, Long> starts(Set<TopicPartition> unknown) throws Exception {
    if (unknown.isEmpty()) {
      return Map.of();
    }
    if (createdAnew) {
      // From 0 even if Kafka has deleted the first ones by now: the reader counts those.
      return unknown.stream().collect(toMap(partition -> partition, partition -> 0L));
    }
    return found ? topic.earliest(unknown) : topic.starts(unknown);
  }

  private void take(List<KafkaPartitionSplit> prepared) {
    prepared.forEach(split -> waiting.put(split.getTopicPartition(), split));
    found = true;
  }

  private void handOut() {
    Map<Integer, List<KafkaPartitionSplit>> byReader =
        waiting.values().stream()
            .filter(split -> there.contains(split.getTopicPartition()))
            .collect(groupingBy(split -> reader(split.getTopicPartition())));
    for (int reader : context.registeredReaders().keySet()) {
      List<KafkaPartitionSplit> splits = byReader.getOrDefault(reader, List.of());
      if (!splits.isEmpty()) {
        context.sendEventToSourceReader(reader, new TopicIdentity(topicId.toString(), createdAnew));
        context.assignSplits(new SplitsAssignment<>(Map.of(reader, splits)));
        for (KafkaPartitionSplit split : splits) {
          waiting.remove(split.getTopicPartition());
          assigned.put(split.getTopicPartition(), split);
        }
        LOG.info("Reader {} reads {}", reader, splits);
      }
      if (bounded && toldNoMore.add(reader)) {
        context.signalNoMoreSplits(reader);
      }
    }
  }

  /** Round-robin, as Flink's connector does. */
  private int reader(TopicPartition partition) {
    int readers = context.currentParallelism();
    int first = ((partition.topic().hashCode() * 31) & 0x7FFFFFFF) % readers;
    return (first + partition.partition()) % readers;
  }
}
