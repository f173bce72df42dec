package io.sluice.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptTest {
  private static final LocalDate TODAY = LocalDate.of(2028, 3, 1);
  private static final LocalDate MINUTES = LocalDate.of(2028, 2, 28);
  private static final LocalDate ROWS = LocalDate.of(2028, 1, 27);
  private static final Map<String, LocalDate> TABLES =
      Map.of("http_log", ROWS, "minutes", MINUTES, "days", LocalDate.EPOCH);

  @Test
  void aTableIsCompleteFromTheFirstDayThatHasNotBegunToExpire() {
    assertThat(Kept.firstDay(TODAY, "MergeTree TTL least(time, x) + toIntervalDay(3) SETTINGS y"))
        .isEqualTo(LocalDate.of(2028, 2, 28));
    assertThat(Kept.firstDay(TODAY, "MergeTree ORDER BY time")).isEqualTo(LocalDate.EPOCH);
  }

  @Test
  void tablesThatAreYoungerThanARowMayBeHaveEveryRow() {
    Kept kept = Kept.of(TABLES, ROWS);

    assertThat(kept.rows()).isEqualTo(LocalDate.EPOCH);
    assertThat(kept.level("minutes")).isEqualTo(MINUTES);
    assertThat(kept.level("days")).isEqualTo(LocalDate.EPOCH);
  }

  @Test
  void whatIsKeptForGoodIsComparedAsFarAsTheRowsReach() {
    Kept kept = Kept.of(TABLES, ROWS.minusDays(1));

    assertThat(kept.rows()).isEqualTo(ROWS);
    assertThat(kept.level("minutes")).isEqualTo(MINUTES);
    assertThat(kept.level("days")).isEqualTo(ROWS);
  }
}
