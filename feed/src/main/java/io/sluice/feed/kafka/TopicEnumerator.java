package io.sluice.feed.kafka;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit.NO_STOPPING_OFFSET;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
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
  private final Topic kafka;
  private final String topic;
  private final boolean bounded;
  private final long lookEveryMillis;

  /** What readers have, or had: a bounded split that was read to its end stays here. */
  private final Map<TopicPartition, KafkaPartitionSplit> assigned = new HashMap<>();

  /** What no reader has. */
  private final Map<TopicPartition, KafkaPartitionSplit> waiting = new HashMap<>();

  /** Readers that have not said yet what they restored. */
  private final Set<Integer> silent = new HashSet<>();

  private final Set<Integer> toldNoMore = new HashSet<>();

  /** Of the topic that the positions are of. */
  private Uuid topicId = Uuid.ZERO_UUID;

  /** Of the topic that there is now. */
  private Uuid idNow = Uuid.ZERO_UUID;

  /** Whether partitions have ever been found; those that come later are read from the start. */
  private boolean found;

  private Set<TopicPartition> there;
  private boolean createdAnew;
  private boolean restored;
  private boolean askingKafka;

  /**
   * @param state of a checkpoint; null without one
   */
  TopicEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      Topic kafka,
      SourceTopic source,
      TopicState state) {
    this.context = context;
    this.kafka = kafka;
    this.topic = source.topic();
    this.bounded = source.bounded();
    this.lookEveryMillis = source.discoveryIntervalMillis();
    if (state != null) {
      restore(state);
    }
  }

  private void restore(TopicState state) {
    restored = true;
    IntStream.range(0, context.currentParallelism()).forEach(silent::add);
    state
        .partitions()
        .assignedSplits()
        .forEach(split -> assigned.put(split.getTopicPartition(), split));
    state.partitions().unassignedSplits().forEach(this::await);
    // What another topic left in the state says nothing of this one.
    if (splits().anyMatch(split -> split.getTopic().equals(topic))) {
      topicId = state.topicId();
      idNow = topicId;
      found = state.partitions().initialDiscoveryFinished();
    }
  }

  private Stream<KafkaPartitionSplit> splits() {
    return Stream.concat(assigned.values().stream(), waiting.values().stream());
  }

  private static boolean hasEnd(KafkaPartitionSplit split) {
    return split.getStoppingOffset().isPresent();
  }

  @Override
  public void start() {
    if (lookEveryMillis > 0) {
      context.callAsync(kafka::look, this::looked, 0, lookEveryMillis);
    } else {
      context.callAsync(kafka::look, this::looked);
    }
  }

  @Override
  public void addReader(int reader) {
    silent.remove(reader);
    toldNoMore.remove(reader);
    List<KafkaPartitionSplit> reported =
        context.registeredReaders().get(reader).getReportedSplitsOnRegistration();
    for (KafkaPartitionSplit split : reported) {
      // What has been added back is newer than the checkpoint that the reader restored.
      if (!waiting.containsKey(split.getTopicPartition())) {
        await(split);
      }
    }
    // While the reader was away the topic may have been created anew.
    context.callAsync(kafka::look, this::looked);
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int reader) {
    splits.forEach(this::await);
  }

  private void await(KafkaPartitionSplit split) {
    waiting.put(split.getTopicPartition(), split);
    assigned.remove(split.getTopicPartition());
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
    kafka.close();
  }

  private void looked(Topic.View now, Throwable failure) {
    if (failure != null) {
      if (there == null) {
        throw new IllegalStateException("Kafka does not tell of topic " + topic, failure);
      }
      LOG.warn("Kafka does not tell of topic {}; looking again later", topic, failure);
      return;
    }
    boolean other = isKnown(now.id()) && isKnown(idNow) && !now.id().equals(idNow);
    if (other && there != null) {
      throw new IllegalStateException(
          "Topic %s was created anew while it was read; the job restarts, to read it from its"
                  .formatted(topic)
              + " beginning");
    }
    createdAnew |= other;
    idNow = isKnown(now.id()) ? now.id() : idNow;
    if (!createdAnew) {
      topicId = idNow;
    }
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
        ask(() -> kafka.unread(former), unread -> leaveFormerTopic(former, unread));
        return;
      }
      settle();
      restored = false;
    }
    // A bounded run that has found partitions has all that it will read.
    boolean complete = bounded && found && splits().anyMatch(TopicEnumerator::hasEnd);
    Set<TopicPartition> unknown =
        there.stream()
            .filter(it -> !complete && !assigned.containsKey(it) && !waiting.containsKey(it))
            .collect(toSet());
    Map<TopicPartition, Long> endless = bounded ? positions(split -> !hasEnd(split)) : Map.of();
    if (unknown.isEmpty() && endless.isEmpty()) {
      handOut();
    } else {
      ask(
          () -> prepared(unknown, endless),
          prepared -> {
            prepared.forEach(this::await);
            found = true;
          });
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
            throw new IllegalStateException("Kafka does not tell of topic " + topic, failure);
          }
          answer.accept(result);
          goOn();
        });
  }

  /** Where those begin that no reader has. */
  private Map<TopicPartition, Long> positions(Predicate<KafkaPartitionSplit> which) {
    return waiting.values().stream()
        .filter(which)
        .collect(
            toMap(KafkaPartitionSplit::getTopicPartition, KafkaPartitionSplit::getStartingOffset));
  }

  private Map<TopicPartition, Long> formerPositions() {
    assigned.keySet().removeIf(partition -> !partition.topic().equals(topic));
    return positions(split -> !split.getTopic().equals(topic));
  }

  private void leaveFormerTopic(
      Map<TopicPartition, Long> former, Map<TopicPartition, Long> unread) {
    if (!unread.isEmpty()) {
      String topics =
          former.keySet().stream().map(TopicPartition::topic).distinct().collect(joining(", "));
      throw new SuppressRestartsException(
          new IllegalStateException(
              ("kafka.topic is %s, but the state that the job was resumed from has read %s, where"
                      + " %d messages are unread: %s. Resume with kafka.topic %s and kafka.bounded"
                      + " true, which ends when they are stored; then start with %s and without"
                      + " state")
                  .formatted(
                      topic,
                      topics,
                      unread.values().stream().mapToLong(Long::longValue).sum(),
                      places(unread.keySet(), former),
                      topics,
                      topic)));
    }
    LOG.warn(
        "kafka.topic is {} now; what the state has read before is left, nothing that Kafka still"
            + " has of it is unread: {}",
        topic,
        places(former.keySet(), former));
    waiting.keySet().removeAll(former.keySet());
  }

  private static String places(Set<TopicPartition> partitions, Map<TopicPartition, Long> offsets) {
    return partitions.stream()
        .map(it -> "%s from offset %d".formatted(it, Math.max(0, offsets.get(it))))
        .sorted()
        .collect(joining(", "));
  }

  /** All readers have reported: makes the restored splits those of this topic and this run. */
  private void settle() {
    if (createdAnew) {
      Map<TopicPartition, Long> positions = positions(split -> true);
      LOG.error(
          "Topic {} was created anew; what the former one still had unread is lost to this job, and"
              + " Kafka does not tell how much. It was read until {}. The new one is read from its"
              + " beginning",
          topic,
          places(positions.keySet(), positions));
      assigned.clear();
      waiting.clear();
      // At once, so that no checkpoint has positions of one topic and the id of the other. From 0
      // even if Kafka has deleted the first ones by now: the reader counts those.
      there.forEach(partition -> awaitEndless(partition, 0));
      found = true;
      topicId = idNow;
    } else if (!bounded) {
      positions(split -> true).forEach(this::awaitEndless);
      // Whatever no reader has reported was read to its end.
      List.copyOf(assigned.values())
          .forEach(
              split ->
                  split
                      .getStoppingOffset()
                      .ifPresent(end -> awaitEndless(split.getTopicPartition(), end)));
    }
  }

  private void awaitEndless(TopicPartition partition, long from) {
    await(new KafkaPartitionSplit(partition, from));
  }

  /** Runs on the thread that asks Kafka. */
  private List<KafkaPartitionSplit> prepared(
      Set<TopicPartition> unknown, Map<TopicPartition, Long> endless) throws Exception {
    Map<TopicPartition, Long> starts = new HashMap<>(endless);
    if (!unknown.isEmpty()) {
      starts.putAll(found ? kafka.earliest(unknown) : kafka.starts(unknown));
    }
    Map<TopicPartition, Long> ends = bounded ? kafka.latest(starts.keySet()) : Map.of();
    List<KafkaPartitionSplit> splits = new ArrayList<>();
    starts.forEach(
        (partition, start) -> {
          long end = ends.getOrDefault(partition, NO_STOPPING_OFFSET);
          splits.add(new KafkaPartitionSplit(partition, start, end));
        });
    return splits;
  }

  private void handOut() {
    Map<Integer, List<KafkaPartitionSplit>> byReader =
        waiting.values().stream()
            .filter(split -> there.contains(split.getTopicPartition()))
            .collect(groupingBy(split -> reader(split.getTopicPartition())));
    byReader.keySet().retainAll(context.registeredReaders().keySet());
    byReader.forEach(
        (reader, splits) -> {
          context.sendEventToSourceReader(
              reader, new TopicIdentity(topicId.toString(), createdAnew));
          LOG.info("Reader {} reads {}", reader, splits);
          for (KafkaPartitionSplit split : splits) {
            waiting.remove(split.getTopicPartition());
            assigned.put(split.getTopicPartition(), split);
          }
        });
    context.assignSplits(new SplitsAssignment<>(byReader));
    if (bounded) {
      context.registeredReaders().keySet().stream()
          .filter(toldNoMore::add)
          .forEach(context::signalNoMoreSplits);
    }
  }

  /** Round-robin, as Flink's connector does. */
  private int reader(TopicPartition partition) {
    int readers = context.currentParallelism();
    int first = ((partition.topic().hashCode() * 31) & 0x7FFFFFFF) % readers;
    return (first + partition.partition()) % readers;
  }
}
