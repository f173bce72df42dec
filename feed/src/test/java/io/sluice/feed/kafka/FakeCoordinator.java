package io.sluice.feed.kafka;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.util.InstantiationUtil;

/** Flink as an enumerator sees it; questions wait until {@link #answer}. */
final class FakeCoordinator implements SplitEnumeratorContext<KafkaPartitionSplit> {
  final Map<Integer, List<KafkaPartitionSplit>> handedOut = new HashMap<>();
  final List<Integer> noMore = new ArrayList<>();
  final List<TopicIdentity> identities = new ArrayList<>();
  private final int readers;
  private final Map<Integer, ReaderInfo> registered = new HashMap<>();
  private final Queue<Runnable> questions = new ArrayDeque<>();
  private Runnable periodic;

  FakeCoordinator(int readers) {
    this.readers = readers;
  }

  /** A reader starts, with what it restored. */
  void register(TopicEnumerator enumerator, int reader, KafkaPartitionSplit... restored) {
    registered.put(reader, ReaderInfo.createReaderInfo(reader, "here", List.of(restored)));
    enumerator.addReader(reader);
  }

  void fail(int reader) {
    registered.remove(reader);
  }

  /** Asks all questions that wait, and those that follow from the answers. */
  void answer() {
    while (!questions.isEmpty()) {
      questions.remove().run();
    }
  }

  /** The time for the periodic question has come. */
  void lookAgain() {
    periodic.run();
    answer();
  }

  /** Whatever was handed out to any reader. */
  List<KafkaPartitionSplit> splits() {
    return handedOut.values().stream().flatMap(List::stream).toList();
  }

  private static <T> Runnable question(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    return () -> {
      T result;
      try {
        result = callable.call();
      } catch (Exception e) {
        handler.accept(null, e);
        return;
      }
      handler.accept(result, null);
    };
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    questions.add(question(callable, handler));
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
    periodic = question(callable, handler);
    questions.add(periodic);
  }

  @Override
  public void assignSplits(SplitsAssignment<KafkaPartitionSplit> splits) {
    splits
        .assignment()
        .forEach(
            (reader, more) -> {
              if (!registered.containsKey(reader)) {
                throw new IllegalArgumentException("reader " + reader + " is not registered");
              }
              handedOut.computeIfAbsent(reader, r -> new ArrayList<>()).addAll(more);
            });
  }

  @Override
  public void sendEventToSourceReader(int reader, SourceEvent event) {
    try {
      identities.add((TopicIdentity) InstantiationUtil.clone(event));
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("the event does not travel", e);
    }
  }

  @Override
  public void signalNoMoreSplits(int reader) {
    noMore.add(reader);
  }

  @Override
  public int currentParallelism() {
    return readers;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return registered;
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    runnable.run();
  }
}
