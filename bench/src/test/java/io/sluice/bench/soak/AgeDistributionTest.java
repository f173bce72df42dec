package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgeDistributionTest {
  private final AgeDistribution ages = new AgeDistribution();

  @Test
  void aRowIsAsOldAsItsSecondsMiddleWhenItIsFirstSeen() {
    look(Map.of(100L, 3L), 110_500);

    assertThat(ages.rows()).isEqualTo(3);
    assertThat(ages.quantile(0.5)).isEqualTo(10);
    assertThat(ages.max()).isEqualTo(10);
  }

  @Test
  void onlyRowsThatAreNewCount() {
    look(Map.of(100L, 3L), 110_500);
    look(Map.of(100L, 4L, 119L, 6L), 120_500);

    assertThat(ages.rows()).isEqualTo(10);
    assertThat(ages.max()).isEqualTo(20);
  }

  @Test
  void quantilesAreAgesOfRows() {
    look(Map.of(100L, 90L), 101_500);
    look(Map.of(100L, 90L, 101L, 9L), 103_500);
    look(Map.of(100L, 90L, 101L, 9L, 102L, 1L), 152_500);

    assertThat(ages.quantile(0.5)).isEqualTo(1);
    assertThat(ages.quantile(0.9)).isEqualTo(1);
    assertThat(ages.quantile(0.95)).isEqualTo(2);
    assertThat(ages.quantile(0.99)).isEqualTo(2);
    assertThat(ages.quantile(1)).isEqualTo(50);
  }

  @Test
  void theHistogramHasTenBucketsThatHoldAllRows() {
    look(Map.of(100L, 1L), 101_500);
    look(Map.of(100L, 1L, 101L, 3L), 161_500);

    assertThat(ages.histogram().lines()).hasSize(10);
    assertThat(ages.histogram().lines().findFirst().orElseThrow())
        .isEqualTo("    0 to     7 s   25.0%  ##########");
    assertThat(ages.histogram()).contains("   56 to    63 s   75.0%  " + "#".repeat(30));
  }

  @Test
  void withoutRowsThereIsNoAge() {
    assertThat(ages.quantile(0.5)).isNaN();
    assertThat(ages.max()).isNaN();
    assertThat(ages.histogram()).isEqualTo("no rows");
  }

  private void look(Map<Long, Long> rowsBySecond, long nowEpochMilli) {
    ages.look(rowsBySecond, nowEpochMilli);
  }
}
