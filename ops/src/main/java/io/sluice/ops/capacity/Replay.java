package io.sluice.ops.capacity;

import java.util.Map;

/**
 * What one replay took.
 *
 * @param rawRows that were inserted
 * @param tables by name
 */
public record Replay(ReplayStep step, long rawRows, Map<String, TableSize> tables) {
  public Replay {
    if (!tables.keySet().containsAll(Level.tables())) {
      throw new IllegalArgumentException(
          "tables are " + tables.keySet() + ", must be " + Level.tables());
    }
  }

  double kept(Level level) {
    return (double) tables.get(level.table()).rows() / rawRows;
  }

  double bytesPerRow(Level level) {
    TableSize size = tables.get(level.table());
    return (double) size.bytes() / size.rows();
  }

  double days() {
    return (double) step.seconds() / Level.Span.DAY.seconds;
  }

  /**
   * What one table took after its parts were merged.
   *
   * @param rows of its active parts
   * @param bytes on disk of its active parts
   */
  public record TableSize(long rows, long bytes) {}
}
