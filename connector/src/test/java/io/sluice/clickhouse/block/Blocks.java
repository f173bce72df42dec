package io.sluice.clickhouse.block;

/** Blocks of a given size, for rules that do not look into them. */
public final class Blocks {
  public static final int ROWS_PER_BLOCK = 10;

  private Blocks() {}

  public static Block block(long bytes) {
    return new Block(new byte[(int) bytes], ROWS_PER_BLOCK, bytes, new ArrivalTimes(0, 0));
  }
}
