package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.clickhouse.block.ArrivalTimes;
import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.send.Batch;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private static final long NOW = 1_790_000_100_000L;

  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void spreadsTheRowsOfABlockEvenlyFromItsOldestToItsNewest() {
    add(block(1_000, 70, 10));

    assertThat(histogram.getStatistics().getMin()).isEqualTo(10);
    assertThat(quantile(0.5)).isBetween(39.0, 40.0);
    assertThat(quantile(0.95)).isBetween(66.0, 67.0);
    assertThat(quantile(1)).isEqualTo(69);
    assertThat(histogram.getStatistics().getMean()).isBetween(39.0, 40.0);
    assertThat(histogram.getStatistics().getStdDev()).isBetween(17.0, 17.5);
  }

  @Test
  void weighsTheRowsOfARequestAlike() {
    add(block(300, 9, 9), block(100, 1, 1));

    HistogramStatistics ages = histogram.getStatistics();

    assertThat(ages.getQuantile(0.24)).isEqualTo(1);
    assertThat(ages.getQuantile(0.26)).isEqualTo(9);
    assertThat(ages.getMean()).isCloseTo((3 * 9 + 1) / 4.0, within(1e-9));
    assertThat(ages.getMin()).isEqualTo(1);
    assertThat(ages.getMax()).isEqualTo(9);
  }

  @Test
  void weighsRequestsAlikeHoweverManyBlocksTheyHave() {
    Block[] many = new Block[7];
    Arrays.fill(many, block(48_000, 5, 5));
    add(many);
    add(block(1, 3, 3));

    assertThat(quantile(0.49)).isEqualTo(3);
    assertThat(quantile(0.51)).isEqualTo(5);
  }

  @Test
  void looksBackAHundredRequests() {
    add(block(10, 1_000, 1_000));
    for (int i = 0; i < 100; i++) {
      add(block(10, 1, 1));
    }

    assertThat(quantile(1)).isEqualTo(1);
    assertThat(histogram.getCount()).isEqualTo(101 * 100);
  }

  @Test
  void countsClocksThatDisagreeAsNoAge() {
    add(block(1, -10, -10));

    assertThat(quantile(1)).isZero();
  }

  private double quantile(double quantile) {
    return histogram.getStatistics().getQuantile(quantile);
  }

  private void add(Block... blocks) {
    histogram.add(new Batch("token", List.of(blocks)), NOW);
  }

  private static Block block(int rows, long oldestSeconds, long youngestSeconds) {
    return new Block(
        new byte[1],
        rows,
        1,
        new ArrivalTimes(NOW - 1_000 * oldestSeconds, NOW - 1_000 * youngestSeconds));
  }
}
