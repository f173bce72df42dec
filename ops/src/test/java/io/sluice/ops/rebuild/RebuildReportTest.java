package io.sluice.ops.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebuildReportTest {
  @Test
  void showsWhatWasWrongAndHowLongInsertsWaited() {
    RebuildReport report =
        new RebuildReport(
            "logs.http_log_status_minute",
            "2026-10-17 to 2026-11-21",
            new Sums(1_000, -1),
            new Sums(1_234_567, 4),
            List.of("202610", "202611"),
            1_200,
            Duration.ofMillis(12_340),
            Duration.ofMillis(2_100),
            List.of("logs.http_log_status_hour"));

    assertThat(report.toString())
        .contains("1,234,567", "18,446,744,073,709,551,615", "+1,233,567", "+5")
        .contains("2 partitions replaced in 12.3 s; inserts were held off for 2.1 s")
        .contains("for the last 1,200 rows")
        .endsWith("not touched, though fed from it: logs.http_log_status_hour");
  }

  @Test
  void sumsWrapAroundAsInClickHouse() {
    assertThat(Sums.of("1\t18446744073709551615\n").plus(Sums.of("2\t2")))
        .isEqualTo(new Sums(3, 1));
  }
}
