package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.send.Batch;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * How old rows were, in whole seconds from their arrival, when ClickHouse acknowledged them; over
 * the last requests. Each request has the same number of ages; its blocks share them by their rows,
 * spread evenly from a block's oldest row to its newest. Written on the task thread, read by
 * reporters.
 */
final class LatencyHistogram implements Histogram {
  private static final int REQUESTS = 100;
  private static final int AGES_PER_REQUEST = 100;
  private static final long MILLIS_PER_SECOND = 1_000;

  private final long[] latest = new long[REQUESTS * AGES_PER_REQUEST];
  private long count;

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

  @Override
  public synchronized void update(long seconds) {
    latest[(int) (count++ % latest.length)] = seconds;
  }

  @Override
  public synchronized long getCount() {
    return count;
  }

  @Override
  public synchronized HistogramStatistics getStatistics() {
    long[] ages = Arrays.copyOf(latest, (int) Math.min(count, latest.length));
    Arrays.sort(ages);
    return new Ages(ages);
  }

  private static final class Ages extends HistogramStatistics {
    private final long[] ascending;

    Ages(long[] ascending) {
      this.ascending = ascending;
    }

    @Override
    public double getQuantile(double quantile) {
      int index = (int) Math.ceil(quantile * ascending.length) - 1;
      return ascending.length == 0 ? 0 : ascending[Math.max(0, index)];
    }

    @Override
    public long[] getValues() {
      return ascending;
    }

    @Override
    public int size() {
      return ascending.length;
    }

    @Override
    public double getMean() {
      return LongStream.of(ascending).average().orElse(0);
    }

    @Override
    public double getStdDev() {
      double mean = getMean();
      return Math.sqrt(
          LongStream.of(ascending).mapToDouble(age -> Math.pow(age - mean, 2)).average().orElse(0));
    }

    @Override
    public long getMax() {
      return (long) getQuantile(1);
    }

    @Override
    public long getMin() {
      return (long) getQuantile(0);
    }
  }
}
