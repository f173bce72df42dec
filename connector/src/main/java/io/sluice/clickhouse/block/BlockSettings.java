package io.sluice.clickhouse.block;

import java.io.Serializable;

/**
 * How large blocks get and how hard they are compressed.
 *
 * @param maxBlockBytes no block of two or more rows is larger, compressed
 * @param maxRawBytes rows of so many bytes before compression end a block however well they
 *     compress; bounds the encoder's memory to about three times this, unless a single row is
 *     larger
 */
public record BlockSettings(int maxBlockBytes, int maxRawBytes, int zstdLevel)
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int KIB = 1 << 10;
  private static final int GIB = 1 << 30;

  /** A quarter of what nginx lets through by default, 16 MiB of rows, zstd level 3. */
  public static final BlockSettings DEFAULT = new BlockSettings(256 * KIB, 16 * KIB * KIB, 3);

  public BlockSettings {
    Column.check("maxBlockBytes", maxBlockBytes, KIB, GIB);
    Column.check("maxRawBytes", maxRawBytes, KIB, GIB);
    Column.check("zstdLevel", zstdLevel, 1, 19);
  }
}
