package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.ArrivalTimes;
import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void weighsEveryRowAlike() {
    long[] threeOldOneYoung = {0, 0, 0, 9_000};
    histogram.add(ArrivalTimes.of(threeOldOneYoung, 0, 4), 10_000);

    HistogramStatistics ages = histogram.getStatistics();

    assertThat(histogram.getCount()).isEqualTo(4);
    assertThat(ages.getQuantile(0.25)).isEqualTo(1);
    assertThat(ages.getQuantile(0.5)).isEqualTo(10);
    assertThat(ages.getMax()).isEqualTo(10);
    assertThat(ages.getMin()).isEqualTo(1);
    assertThat(ages.getMean()).isEqualTo((3 * 10 + 1) / 4.0);
  }

  @Test
  void looksBackAHundredRequests() {
    histogram.update(1_000);
    for (int i = 0; i < 100; i++) {
      histogram.update(1);
    }

    assertThat(histogram.getStatistics().getMax()).isEqualTo(1);
    assertThat(histogram.getCount()).isEqualTo(101);
  }

  @Test
  void isZeroBeforeTheFirstRequest() {
    assertThat(histogram.getStatistics().getQuantile(0.99)).isZero();
    assertThat(histogram.getStatistics().getMean()).isZero();
  }

  @Test
  void countsClocksThatDisagreeAsNoAge() {
    histogram.add(ArrivalTimes.of(new long[] {20_000}, 0, 1), 10_000);

    assertThat(histogram.getStatistics().getMax()).isZero();
  }
}
