package io.sluice.clickhouse.hold;

import java.io.Serializable;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets source and sink of a lane find their common {@link Valve}.
 *
 * <p>Both are built from copies that Flink deserializes independently, but run chained in one task,
 * hence in one JVM; they meet in a static map under this intake's id and their subtask index.
 */
public final class Intake implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ConcurrentMap<Key, Opened> OPENED = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  private record Key(String intake, int subtask) {}

  private record Opened(Valve valve, Thread task) {}

  /**
   * A new valve for the sink of a starting subtask. Flink opens a chain from its tail to its head,
   * so the source, which asks for {@link #valve} later, gets this one and none of an attempt
   * before.
   */
  public Valve open(int subtask) {
    Valve valve = new Valve();
    OPENED.put(new Key(id, subtask), new Opened(valve, Thread.currentThread()));
    return valve;
  }

  /**
   * The valve that the sink of this subtask opened.
   *
   * @throws IllegalStateException if the sink is not part of the task that asks. Another task of
   *     the same JVM is refused, too: a valve is used without locks, and the barriers of a shuffle
   *     would wait behind rows
   */
  Valve valve(int subtask) {
    Opened opened = OPENED.get(new Key(id, subtask));
    if (opened == null || opened.task() != Thread.currentThread()) {
      throw new IllegalStateException(
          "Source and sink of lane %d do not run in one task, so the sink cannot hold the source."
                  .formatted(subtask)
              + " Chain them: no keyBy, rebalance, union, slot sharing group of their own or"
              + " startNewChain between them, one parallelism for all operators, and"
              + " pipeline.operator-chaining.enabled. Where a shuffle is wanted, leave out hold:"
              + " the sink then blocks its input when it is full");
    }
    return opened.valve();
  }

  public void close(int subtask, Valve valve) {
    OPENED.computeIfPresent(
        new Key(id, subtask), (key, opened) -> opened.valve() == valve ? null : opened);
  }
}
