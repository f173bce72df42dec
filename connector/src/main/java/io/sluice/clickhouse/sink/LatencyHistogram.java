package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.send.Batch;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How old rows were, in whole seconds from their arrival, when ClickHouse acknowledged them; over
 * the last requests. Each request has the same number of ages; its blocks share them by their rows,
 * spread evenly from a block's oldest row to its newest. Written on the task thread, read by
 * reporters.
 */
final class LatencyHistogram extends DescriptiveStatisticsHistogram {
  private static final long serialVersionUID = 1L;

  private static final int REQUESTS = 100;
  private static final int AGES_PER_REQUEST = 100;
  private static final long MILLIS_PER_SECOND = 1_000;

  LatencyHistogram() {
    super(REQUESTS * AGES_PER_REQUEST);
  }

  void add(Batch batch, long storedAtEpochMilli) {
    long rows = 0;
    long ages = 0;
    for (Block block : batch.blocks()) {
      rows += block.rowCount();
      long share = AGES_PER_REQUEST * rows / batch.rowCount() - ages;
      ages += share;
      long oldestMilli = block.arrivals().oldestEpochMilli();
      long spanMilli = block.arrivals().newestEpochMilli() - oldestMilli;
      for (long i = 0; i < share; i++) {
        long arrivedMilli = oldestMilli + spanMilli * (2 * i + 1) / (2 * share);
        update(Math.max(0, storedAtEpochMilli - arrivedMilli) / MILLIS_PER_SECOND);
      }
    }
  }
}
