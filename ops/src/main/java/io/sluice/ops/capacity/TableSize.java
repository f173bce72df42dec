package io.sluice.ops.capacity;

/**
 * What one table took after its parts were merged.
 *
 * @param rows of its active parts
 * @param bytes on disk of its active parts
 */
public record TableSize(long rows, long bytes) {
  public TableSize {
    if (rows < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "rows and bytes are " + rows + " and " + bytes + ", must be at least 1");
    }
  }

  double bytesPerRow() {
    return (double) bytes / rows;
  }
}
