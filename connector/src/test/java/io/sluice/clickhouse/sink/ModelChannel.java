package io.sluice.clickhouse.sink;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The bounded channel of a shuffle: rows and barriers leave it in the order in which they came, so
 * a barrier waits behind each row that its task does not take.
 */
final class ModelChannel {
  private static final int MOST_ROWS = 12;

  private final Queue<Object> elements = new ArrayDeque<>();
  private int rows;
  private Barrier barrier;

  /**
   * A barrier, and where it was inserted.
   *
   * @param offset of the first row behind it
   * @param ahead batches that may have to be stored before it gets through
   */
  record Barrier(
      long id, ModelCheckpoint.Kind kind, int offset, long insertedAtNanos, long ahead) {}

  boolean hasRoom() {
    return rows < MOST_ROWS;
  }

  /** The one that is under way. */
  Optional<Barrier> barrier() {
    return Optional.ofNullable(barrier);
  }

  boolean isEmpty() {
    return elements.isEmpty();
  }

  int rows() {
    return rows;
  }

  void add(int row) {
    elements.add(row);
    rows++;
  }

  void add(Barrier next) {
    elements.add(next);
    barrier = next;
  }

  /** An {@link Integer}, which is a row, or a {@link Barrier}. */
  Object take() {
    Object element = elements.remove();
    if (element instanceof Barrier) {
      barrier = null;
    } else {
      rows--;
    }
    return element;
  }
}
