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
  private static final ConcurrentMap<Key, Valve> VALVES = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  private record Key(String intake, int subtask) {}

  /**
   * A new valve for the sink of a starting subtask. Flink opens a chain from its tail to its head,
   * so the source, which asks for {@link #valve} later, gets this one and none of an attempt
   * before.
   */
  public Valve open(int subtask) {
    Valve valve = new Valve();
    VALVES.put(new Key(id, subtask), valve);
    return valve;
  }

  /** The valve that the sink of this subtask opened. */
  Valve valve(int subtask) {
    Valve valve = VALVES.get(new Key(id, subtask));
    if (valve == null) {
      throw new IllegalStateException(
          "Source and sink of lane "
              + subtask
              + " do not run in one task. Sluice needs operator chaining: set"
              + " pipeline.operator-chaining.enabled to true and one parallelism for all operators.");
    }
    return valve;
  }

  public void close(int subtask, Valve valve) {
    VALVES.remove(new Key(id, subtask), valve);
  }
}
