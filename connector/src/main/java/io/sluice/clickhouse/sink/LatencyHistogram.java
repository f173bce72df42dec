package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.ArrivalTimes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * How old rows were, in whole seconds from their arrival, when ClickHouse acknowledged them; over
 * the last requests, each row counted. Written on the task thread, read by reporters.
 */
final class LatencyHistogram implements Histogram {
  private static final int REQUESTS = 100;
  private static final long MILLIS_PER_SECOND = 1_000;

  /** Per request: seconds of age to number of rows. */
  private final Deque<Map<Long, Long>> requests = new ArrayDeque<>();

  private long rowCount;

  /** Adds the rows of a request. */
  void add(ArrivalTimes arrivals, long storedAtEpochMilli) {
    Map<Long, Long> rowsByAge = new TreeMap<>();
    arrivals.forEachSecond(
        (epochSecond, rows) ->
            rowsByAge.merge(
                Math.max(0, storedAtEpochMilli / MILLIS_PER_SECOND - epochSecond),
                rows,
                Long::sum));
    add(rowsByAge);
  }

  @Override
  public void update(long seconds) {
    add(Map.of(seconds, 1L));
  }

  private synchronized void add(Map<Long, Long> rowsByAge) {
    if (requests.size() == REQUESTS) {
      requests.removeFirst();
    }
    requests.addLast(rowsByAge);
    rowCount += rowsByAge.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public synchronized long getCount() {
    return rowCount;
  }

  @Override
  public synchronized HistogramStatistics getStatistics() {
    NavigableMap<Long, Long> rowsByAge = new TreeMap<>();
    requests.forEach(
        request -> request.forEach((age, rows) -> rowsByAge.merge(age, rows, Long::sum)));
    return new Ages(rowsByAge);
  }

  private static final class Ages extends HistogramStatistics {
    private final NavigableMap<Long, Long> rowsByAge;
    private final long rows;

    Ages(NavigableMap<Long, Long> rowsByAge) {
      this.rowsByAge = rowsByAge;
      this.rows = rowsByAge.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public double getQuantile(double quantile) {
      long younger = 0;
      for (Map.Entry<Long, Long> each : rowsByAge.entrySet()) {
        younger += each.getValue();
        if (younger >= quantile * rows) {
          return each.getKey();
        }
      }
      return 0;
    }

    /** The distinct ages, not one per row. */
    @Override
    public long[] getValues() {
      return rowsByAge.keySet().stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public int size() {
      return (int) Math.min(Integer.MAX_VALUE, rows);
    }

    @Override
    public double getMean() {
      return rows == 0
          ? 0
          : rowsByAge.entrySet().stream().mapToDouble(each -> each.getKey() * each.getValue()).sum()
              / rows;
    }

    @Override
    public double getStdDev() {
      double mean = getMean();
      return rows == 0
          ? 0
          : Math.sqrt(
              rowsByAge.entrySet().stream()
                      .mapToDouble(each -> Math.pow(each.getKey() - mean, 2) * each.getValue())
                      .sum()
                  / rows);
    }

    @Override
    public long getMax() {
      return rowsByAge.isEmpty() ? 0 : rowsByAge.lastKey();
    }

    @Override
    public long getMin() {
      return rowsByAge.isEmpty() ? 0 : rowsByAge.firstKey();
    }
  }
}
