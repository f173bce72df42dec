package io.sluice.ops.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
  private static final String ROWS =
      "MergeTree PARTITION BY toMonday(timestamp) TTL least(timestamp + (60 * minutes_late),"
          + " toDateTime('2100-01-01 00:00:00', 'UTC')) + toIntervalDay(35) SETTINGS x = 1";
  private static final String MINUTES =
      "SummingMergeTree TTL least(time, toDateTime('2100-01-01 00:00:00', 'UTC')) +"
          + " toIntervalDay(3) SETTINGS x = 1";

  @Test
  void beginsWithTheFirstDayThatHasNotBegunToExpire() {
    assertThat(Reach.of(TODAY, List.of(ROWS)).from()).isEqualTo(LocalDate.of(2026, 10, 17));
  }

  @Test
  void theTableThatKeepsLeastDecides() {
    assertThat(Reach.of(TODAY, List.of(ROWS, MINUTES)).from())
        .isEqualTo(Reach.of(TODAY, List.of(MINUTES, ROWS)).from())
        .isEqualTo(LocalDate.of(2026, 11, 18));
  }

  @Test
  void beginsWithTheFirstDayOfAllIfNothingExpires() {
    assertThat(Reach.of(TODAY, List.of("MergeTree ORDER BY x")).from()).isEqualTo(LocalDate.EPOCH);
  }

  @Test
  void includesTomorrowForClocksThatAreAhead() {
    assertThat(Reach.of(TODAY, List.of(ROWS)).toString()).isEqualTo("2026-10-17 to 2026-11-21");
  }

  @Test
  void canBeginLaterButNotEarlier() {
    Reach reach = Reach.of(TODAY, List.of(ROWS));

    assertThat(reach.since(LocalDate.of(2026, 11, 1)).from()).isEqualTo(LocalDate.of(2026, 11, 1));
    assertThat(reach.since(LocalDate.of(2026, 1, 1)).from()).isEqualTo(reach.from());
    assertThatThrownBy(() -> reach.since(LocalDate.of(2027, 1, 1)))
        .hasMessageContaining("must be before 2026-11-22");
  }

  @Test
  void everyTimeIsEitherCoveredOrLeftOut() {
    Reach reach = new Reach(LocalDate.of(1970, 1, 2), LocalDate.of(1970, 1, 4));

    assertThat(reach.covers("t"))
        .isEqualTo("t >= toDateTime(86400, 'UTC') AND t < toDateTime(259200, 'UTC')");
    assertThat(reach.leavesOut("t"))
        .isEqualTo("(t < toDateTime(86400, 'UTC') OR t >= toDateTime(259200, 'UTC'))");
  }
}
