package io.sluice.clickhouse.block;

/**
 * How many bytes of rows make one block: learns from the blocks before how well rows compress, and
 * aims a little below the limit for compressed blocks.
 *
 * <p>Too many bytes cost a second compression (the block is split), too few cost a little ratio: so
 * a worse ratio is believed at once, a better one by halves. Not thread-safe.
 */
final class RawBytesTarget {
  /** Compressed blocks vary by some percent; what is above the limit is split. */
  private static final double FILL = 0.85;

  /** Of a table that is not known yet; text logs do better. */
  private static final double FIRST_GUESS = 0.5;

  private final BlockSettings settings;
  private double compressedPerRaw = FIRST_GUESS;

  RawBytesTarget(BlockSettings settings) {
    this.settings = settings;
  }

  /** A block of so many raw bytes is full. */
  long rawBytes() {
    return (long)
        Math.min(settings.maxRawBytes(), FILL * settings.maxBlockBytes() / compressedPerRaw);
  }

  /**
   * Takes note of a compressed block. Small ones, as they come before barriers, compress worse and
   * say nothing about full ones, unless even they had to be split.
   */
  void learn(long rawBytes, long compressedBytes) {
    if (rawBytes < rawBytes() / 4 && compressedBytes <= settings.maxBlockBytes()) {
      return;
    }
    double seen = (double) compressedBytes / rawBytes;
    compressedPerRaw = Math.max(seen, (compressedPerRaw + seen) / 2);
  }
}
